package io.shardquake.node.server;

import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.InlineWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Starts one node from words like those of {@code redis-server}: {@code [file] [--name value]...}.
 */
public final class NodeCommand {
  private NodeCommand() {}

  /**
   * Runs a node until it ends.
   *
   * @return the process's exit code
   */
  public static int run(List<String> arguments) {
    Configuration configuration = new Configuration();
    try {
      configure(configuration, arguments);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("node: " + e.getMessage());
      return 64;
    }
    Randomness random = new Randomness(new SplittableRandom(new SecureRandom().nextLong()));
    Path directory = Path.of(configuration.text("dir"));
    long unixMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    Node node = new Node(configuration, random, unixMicros);
    try (NodeServer server = new NodeServer(node, directory)) {
      restore(node, directory.resolve(configuration.text("cluster-config-file")));
      listen(server, configuration);
      Runtime.getRuntime().addShutdownHook(new Thread(server::terminate, "node-terminator"));
      server.start();
      return server.ended().join();
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("node: " + e.getMessage());
      return 1;
    }
  }

  private static void restore(Node node, Path nodesConf) throws IOException {
    if (Files.exists(nodesConf) && Files.size(nodesConf) > 0) {
      try {
        node.restoreCluster(Files.readAllBytes(nodesConf));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            nodesConf + " cannot be used: " + e.getMessage() + "; repair or remove it", e);
      }
    }
  }

  private static void listen(NodeServer server, Configuration configuration) throws IOException {
    int port = (int) configuration.number("port");
    for (String host : configuration.text("bind").split(" +", -1)) {
      server.listen(Input.Listener.CLIENT, host, port);
      if (configuration.yes("cluster-enabled")) {
        server.listen(Input.Listener.BUS, host, Cluster.busPort(configuration));
      }
    }
  }

  private static void configure(Configuration configuration, List<String> arguments)
      throws IOException {
    int next = 0;
    if (!arguments.isEmpty() && !arguments.get(0).startsWith("--")) {
      readFile(configuration, Path.of(arguments.get(0)));
      next = 1;
    }
    while (next < arguments.size()) {
      String name = arguments.get(next++);
      if (!name.startsWith("--")) {
        throw new IllegalArgumentException("expected --directive, found '" + name + "'");
      }
      List<String> value = new ArrayList<>();
      while (next < arguments.size() && !arguments.get(next).startsWith("--")) {
        value.add(arguments.get(next++));
      }
      set(configuration, name.substring(2), String.join(" ", value), "--");
    }
  }

  private static void readFile(Configuration configuration, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      byte[] line = lines.get(i).strip().getBytes(StandardCharsets.UTF_8);
      if (line.length == 0 || line[0] == '#') {
        continue;
      }
      List<byte[]> words = new ArrayList<>();
      String place = file + ":" + (i + 1) + ": ";
      if (!InlineWords.split(line, 0, line.length, words)) {
        throw new IllegalArgumentException(place + "unbalanced quotes");
      }
      List<String> texts =
          words.stream().map(word -> new String(word, StandardCharsets.UTF_8)).toList();
      set(configuration, texts.get(0), String.join(" ", texts.subList(1, texts.size())), place);
    }
  }

  private static void set(Configuration configuration, String name, String value, String place) {
    try {
      configuration.set(name, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + name + ": " + e.getMessage(), e);
    }
  }
}
