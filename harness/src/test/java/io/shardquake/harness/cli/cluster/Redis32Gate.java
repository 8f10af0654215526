package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cluster.NodeAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes servers look like Redis 3.2: stands before them on another host, refuses, in the words of
 * that time, what they could not do then, shows CLUSTER NODES as they did, and translates the
 * addresses.
 */
final class Redis32Gate implements Closeable {
  private static final Set<String> COMMANDS =
      Set.of(
          "ASKING",
          "AUTH",
          "CLUSTER",
          "CONFIG",
          "DBSIZE",
          "DEL",
          "DUMP",
          "EXEC",
          "EXISTS",
          "EXPIRE",
          "FLUSHALL",
          "GET",
          "INFO",
          "MIGRATE",
          "MULTI",
          "PING",
          "PTTL",
          "READONLY",
          "RESTORE",
          "ROLE",
          "SELECT",
          "SET",
          "SHUTDOWN",
          "SLAVEOF",
          "STRLEN",
          "TIME",
          "TYPE",
          "WAIT");
  private static final Set<String> CLUSTER =
      Set.of(
          "ADDSLOTS",
          "BUMPEPOCH",
          "COUNT-FAILURE-REPORTS",
          "COUNTKEYSINSLOT",
          "DELSLOTS",
          "FAILOVER",
          "FLUSHSLOTS",
          "FORGET",
          "GETKEYSINSLOT",
          "INFO",
          "KEYSLOT",
          "MEET",
          "NODES",
          "REPLICATE",
          "RESET",
          "SAVECONFIG",
          "SET-CONFIG-EPOCH",
          "SETSLOT",
          "SLAVES",
          "SLOTS");

  /** KEYS came with 3.0.6; left out here, so that not even that is relied upon. */
  private static final Set<String> MIGRATE = Set.of("COPY", "REPLACE");

  private static final int MIGRATE_OPTIONS = 6;

  private final String shown;
  private final String real;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /**
   * @param shown address of the host at which clients see the servers
   * @param real address of the host at which they are; with the same ports
   */
  Redis32Gate(String shown, String real) {
    this.shown = shown;
    this.real = real;
  }

  /** Stands before one more server. */
  void before(int port) throws IOException {
    ServerSocket listener = new ServerSocket(port, 50, InetAddress.getByName(shown));
    open.add(listener);
    daemon(() -> accept(listener, new NodeAddress(real, port)));
  }

  /** The beginnings of all commands that were refused. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void accept(ServerSocket listener, NodeAddress server) {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        daemon(() -> serve(client, server));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client, NodeAddress server) {
    try (client;
        Socket behind = new Socket(server.host(), server.port())) {
      open.add(behind);
      InputStream requests = new BufferedInputStream(client.getInputStream());
      InputStream replies = new BufferedInputStream(behind.getInputStream());
      OutputStream answers = new BufferedOutputStream(client.getOutputStream());
      while (true) {
        List<byte[]> words = request(requests);
        String name = word(words, 0);
        String refusal = refusal(words);
        if (!refusal.isEmpty()) {
          refused.add(name + " " + (words.size() > 1 ? word(words, 1) : ""));
          answers.write(("-" + refusal + "\r\n").getBytes(StandardCharsets.UTF_8));
        } else {
          send(behind.getOutputStream(), words);
          answers.write(reply(replies, name.equals("CLUSTER")));
        }
        answers.flush();
      }
    } catch (IOException closed) {
      // One of the two has gone, or the test is over.
    }
  }

  private static String refusal(List<byte[]> words) {
    String name = word(words, 0);
    if (!COMMANDS.contains(name)) {
      return "ERR unknown command '" + name + "'";
    }
    if (name.equals("CLUSTER") && (words.size() < 2 || !CLUSTER.contains(word(words, 1)))) {
      return "ERR Wrong CLUSTER subcommand or number of arguments";
    }
    for (int i = MIGRATE_OPTIONS; name.equals("MIGRATE") && i < words.size(); i++) {
      if (!MIGRATE.contains(word(words, i))) {
        return "ERR syntax error";
      }
    }
    return "";
  }

  private static String word(List<byte[]> words, int index) {
    return new String(words.get(index), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
  }

  private void send(OutputStream server, List<byte[]> words) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("*" + words.size() + "\r\n"));
    for (byte[] word : words) {
      byte[] translated =
          new String(word, StandardCharsets.ISO_8859_1).equals(shown) ? ascii(real) : word;
      bytes.writeBytes(ascii("$" + translated.length + "\r\n"));
      bytes.writeBytes(translated);
      bytes.writeBytes(ascii("\r\n"));
    }
    server.write(bytes.toByteArray());
    server.flush();
  }

  private byte[] reply(InputStream replies, boolean aboutTheCluster) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head = line(replies);
    switch (head.charAt(0)) {
      case '$' -> {
        int length = Integer.parseInt(head.substring(1));
        if (length < 0) {
          return ascii(head + "\r\n");
        }
        byte[] content = replies.readNBytes(length);
        replies.skipNBytes(2);
        byte[] shownContent = aboutTheCluster ? asIn32(content) : content;
        bytes.writeBytes(ascii("$" + shownContent.length + "\r\n"));
        bytes.writeBytes(shownContent);
        bytes.writeBytes(ascii("\r\n"));
      }
      case '*' -> {
        bytes.writeBytes(ascii(head + "\r\n"));
        for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
          bytes.writeBytes(reply(replies, aboutTheCluster));
        }
      }
      default -> bytes.writeBytes(ascii(head.replace(real + ":", shown + ":") + "\r\n"));
    }
    return bytes.toByteArray();
  }

  /** Without the bus port, which is shown since 4.0. */
  private byte[] asIn32(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.replace(real + ":", shown + ":")
        .replaceAll("(:\\d+)@\\d+[^ ]* ", "$1 ")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<byte[]> request(InputStream input) throws IOException {
    int count = Integer.parseInt(line(input).substring(1));
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(input.readNBytes(Integer.parseInt(line(input).substring(1))));
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "redis-3.2-gate");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }
}
