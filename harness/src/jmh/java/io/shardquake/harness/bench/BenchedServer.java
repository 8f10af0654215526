package io.shardquake.harness.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of either kind in a process of its own, with one connection to it. */
final class BenchedServer implements AutoCloseable {
  /** Who serves. */
  enum Kind {
    REDIS,
    REFERENCE;

    private List<String> command() {
      return this == REDIS
          ? List.of("redis-server")
          : List.of(Path.of(System.getProperty("shardquake.root", "."), "shardquake").toString());
    }
  }

  private static final long START_LIMIT = TimeUnit.MINUTES.toNanos(5);

  private final Process process;
  private final int port;
  private final long readyNanos;
  private Socket socket;
  private InputStream input;

  private BenchedServer(Process process, int port) throws IOException, InterruptedException {
    this.process = process;
    this.port = port;
    long begin = System.nanoTime();
    this.socket = connect(begin);
    this.input = new BufferedInputStream(socket.getInputStream());
    while (!ask("PING").equals("+PONG")) {
      Thread.onSpinWait();
    }
    this.readyNanos = System.nanoTime() - begin;
  }

  /** Starts it and returns when it answers PING, which it does not while it loads. */
  static BenchedServer start(Kind kind, Path directory, String... options)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(kind.command());
    if (kind == Kind.REFERENCE) {
      command.add("node");
    }
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", Files.createDirectories(directory).toString()));
    command.addAll(List.of("--save", "", "--enable-debug-command", "yes"));
    command.addAll(Arrays.asList(options));
    return new BenchedServer(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start(),
        port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Socket connect(long begin) throws IOException, InterruptedException {
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT) {
          throw notYet;
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  int port() {
    return port;
  }

  /** From the start of the process to its first PONG. */
  long readyNanos() {
    return readyNanos;
  }

  /** Sends words without blanks; the first line of the answer, or what a string holds. */
  String ask(String... words) throws IOException {
    send((String.join(" ", words) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String line = readLine();
    if (!line.startsWith("$") || line.equals("$-1")) {
      return line;
    }
    byte[] string = input.readNBytes(Integer.parseInt(line.substring(1)) + 2);
    return new String(string, 0, string.length - 2, StandardCharsets.UTF_8);
  }

  void send(byte[] bytes) throws IOException {
    OutputStream output = socket.getOutputStream();
    output.write(bytes);
    output.flush();
  }

  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = input.read();
    while (next != '\n') {
      if (next < 0) {
        throw new IOException("the server hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      next = input.read();
    }
    return line.toString();
  }

  /** A field of INFO. */
  String info(String field) throws IOException {
    for (String line : ask("INFO", "everything").split("\r\n", -1)) {
      if (line.startsWith(field + ":")) {
        return line.substring(field.length() + 1);
      }
    }
    return "";
  }

  /** Resident memory of the process, in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
