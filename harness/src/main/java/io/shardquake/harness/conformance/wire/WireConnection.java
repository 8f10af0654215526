package io.shardquake.harness.conformance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plain socket to a node: sends requests and reads replies in RESP2, and nothing else. Used by
 * one thread.
 */
public final class WireConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3000;

  private final Socket socket;
  private final InputStream in;

  private WireConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects.
   *
   * @throws IOException if that is refused, or takes longer than three seconds
   */
  public static WireConnection open(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return new WireConnection(socket);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** Sends a request, and does not wait for its reply. */
  public void send(String... words) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(Reply.bytes("*" + words.length + "\r\n"));
    for (String word : words) {
      byte[] bytes = Reply.bytes(word);
      request.write(Reply.bytes("$" + bytes.length + "\r\n"));
      request.write(bytes);
      request.write('\r');
      request.write('\n');
    }
    sendRaw(request.toByteArray());
  }

  /** Sends bytes as they are. */
  public void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * Reads a reply.
   *
   * @throws SocketTimeoutException if none is complete within the limit; the connection is of no
   *     use then
   * @throws IOException if the connection ends, or what comes is no RESP2
   */
  public Reply read(Duration limit) throws IOException {
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    return readReply();
  }

  /** Reads a reply if one begins within the limit. */
  public Optional<Reply> poll(Duration limit) throws IOException {
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    in.mark(1);
    try {
      if (in.read() < 0) {
        throw new EOFException("the node closed the connection");
      }
    } catch (SocketTimeoutException silent) {
      return Optional.empty();
    }
    in.reset();
    return Optional.of(readReply());
  }

  private Reply readReply() throws IOException {
    String line = readLine();
    if (line.isEmpty()) {
      throw new IOException("an empty line where a reply should begin");
    }
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Reply.Status(rest);
      case '-' -> new Reply.Failure(rest);
      case ':' -> new Reply.Int(Long.parseLong(rest));
      case '$' -> readBulk(Integer.parseInt(rest));
      case '*' -> readItems(Integer.parseInt(rest));
      default -> throw new IOException("no reply of RESP2 begins like this: " + line);
    };
  }

  private Reply readBulk(int length) throws IOException {
    if (length < 0) {
      return new Reply.Nil();
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || !readLine().isEmpty()) {
      throw new EOFException("a string is shorter than announced");
    }
    return new Reply.Bulk(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private Reply readItems(int count) throws IOException {
    if (count < 0) {
      return new Reply.Nil();
    }
    List<Reply> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(readReply());
    }
    return new Reply.Items(items);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the node closed the connection");
      }
      line.append((char) next);
    }
    if (in.read() != '\n') {
      throw new IOException("a line does not end in CR LF");
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
