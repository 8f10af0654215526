package io.shardquake.harness.cluster;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers every command as the test tells it, in RESP2. */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Function<List<String>, String> script;
  private final List<List<String>> received = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /**
   * @param script a command's words to the reply as it goes over the wire; the empty string for no
   *     reply at all
   */
  public ScriptedServer(Function<List<String>, String> script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public static String bulk(String text) {
    return "$" + text.getBytes(StandardCharsets.UTF_8).length + "\r\n" + text + "\r\n";
  }

  public NodeAddress address() {
    return new NodeAddress(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  /** Every command received so far, over all connections. */
  public List<List<String>> received() {
    return List.copyOf(received);
  }

  int connectionCount() {
    return connections.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream input = new BufferedInputStream(socket.getInputStream());
      OutputStream output = socket.getOutputStream();
      while (true) {
        List<String> words = read(input);
        received.add(words);
        output.write(script.apply(words).getBytes(StandardCharsets.UTF_8));
        output.flush();
      }
    } catch (IOException closed) {
      // The client has gone, or the test is over.
    }
  }

  private static List<String> read(InputStream input) throws IOException {
    int count = Integer.parseInt(line(input).substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = Integer.parseInt(line(input).substring(1));
      words.add(new String(input.readNBytes(length), StandardCharsets.UTF_8));
      input.skipNBytes(2);
    }
    return words;
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
