package io.shardquake.node.process;

import io.shardquake.node.differential.Reply;
import io.shardquake.node.differential.Request;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client's connection that waits for each reply. */
final class Wire implements Closeable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  Wire(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  void send(Request request) throws IOException {
    socket.getOutputStream().write(request.encoded());
  }

  Reply receive() throws IOException {
    return Reply.read(in);
  }

  Reply ask(Request request) throws IOException {
    send(request);
    return receive();
  }

  /** Asks with words, of which any may hold any bytes, one char a byte. */
  Reply ask(String... words) throws IOException {
    return ask(
        new Request(
            Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).toList()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
