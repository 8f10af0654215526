package io.shardquake.harness.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A write and a PING, again and again, on a connection of its own. */
final class PingLoop implements AutoCloseable {
  private final Socket socket;
  private int count;

  PingLoop(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  /** How long the PING took, in nanoseconds. */
  long once() throws IOException {
    ask("SET key:%07d %s".formatted(count++ % 1_000_000, "y".repeat(1024)));
    long begin = System.nanoTime();
    ask("PING");
    return System.nanoTime() - begin;
  }

  private void ask(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    InputStream input = socket.getInputStream();
    int next = input.read();
    while (next != '\n') {
      if (next < 0) {
        throw new IOException("the server hung up");
      }
      next = input.read();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
