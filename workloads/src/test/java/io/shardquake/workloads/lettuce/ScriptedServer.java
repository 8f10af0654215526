package io.shardquake.workloads.lettuce;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers each command as its script says, and remembers them all. */
final class ScriptedServer implements AutoCloseable {
  /** What to do about a command. */
  interface Script {
    /** Closes the connection without an answer. */
    String HANG_UP = "hang up";

    /** Followed by bytes: sends them and closes the connection. */
    String HANG_UP_AFTER = "hang up after ";

    /** Says nothing and reads on. */
    String SILENCE = "silence";

    /**
     * The bytes to send, or one of the constants.
     *
     * @param ordinal of the command among all that arrived, from 0
     */
    String answer(int ordinal, String command);
  }

  private final ServerSocket listening;
  private final Script script;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) {
    this.script = script;
    try {
      this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Every command that arrived, in order, its parts joined by blanks. */
  List<String> commands() {
    return commands;
  }

  int connections() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listening.accept();
        connections.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        String command = readCommand(in);
        String answer;
        synchronized (commands) {
          commands.add(command);
          answer = script.answer(commands.size() - 1, command);
        }
        if (answer.equals(Script.HANG_UP)) {
          return;
        }
        if (answer.startsWith(Script.HANG_UP_AFTER)) {
          send(connection, answer.substring(Script.HANG_UP_AFTER.length()));
          return;
        }
        if (!answer.equals(Script.SILENCE)) {
          send(connection, answer);
        }
      }
    } catch (IOException closed) {
      // The client hung up, or the test is over.
    }
  }

  private static void send(Socket connection, String bytes) throws IOException {
    connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
  }

  private static String readCommand(InputStream in) throws IOException {
    int parts = Integer.parseInt(readLine(in).substring(1));
    StringBuilder command = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      int length = Integer.parseInt(readLine(in).substring(1));
      command.append(i == 0 ? "" : " ");
      command.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      in.readNBytes(2);
    }
    return command.toString();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next != '\r') {
      if (next < 0) {
        throw new IOException("end of stream");
      }
      line.append((char) next);
      next = in.read();
    }
    in.read();
    return line.toString();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }
}
