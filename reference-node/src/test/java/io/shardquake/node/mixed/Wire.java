package io.shardquake.node.mixed;

import io.shardquake.node.differential.Reply;
import io.shardquake.node.differential.Request;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client's connection to a server on the loopback interface. */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  static Wire open(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new Wire(socket, new BufferedInputStream(socket.getInputStream()));
  }

  /** Sends a command and gives its reply. */
  Reply ask(String... words) {
    try {
      socket.getOutputStream().write(Request.of(words).encoded());
      return Reply.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
