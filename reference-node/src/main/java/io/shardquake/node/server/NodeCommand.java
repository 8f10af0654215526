package io.shardquake.node.server;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts one node from words like those of {@code redis-server}: {@code [file] [--name value]...},
 * and {@code --defect name}. {@code --list-defects} lists the {@link
 * io.shardquake.node.core.defect.Defect defects} instead.
 */
public final class NodeCommand {
  /** What was asked for makes no sense. */
  private static final int USAGE = 64;

  /** The node could not do its work. */
  private static final int FAILURE = 70;

  private NodeCommand() {}

  /**
   * Runs a node until it ends, be it by SHUTDOWN or by a signal. What goes wrong before it has
   * started is said in one line on standard error.
   *
   * @return the process's exit code: 0 after an orderly end, 64 for words that make no sense, 70 if
   *     the node could not start or failed
   */
  public static int run(List<String> arguments) {
    // Before anything asks Netty to log: finding the logging library would double the start.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    if (arguments.contains("--list-defects")) {
      System.out.print(DefectWords.list());
      return 0;
    }
    Configuration configuration;
    Optional<Path> configFile;
    List<String> users;
    try {
      DefectWords words = DefectWords.takenFrom(arguments);
      configuration = new Configuration(words.defects());
      ConfigurationWords others = new ConfigurationWords(configuration);
      configFile = others.take(words.others());
      users = others.users();
    } catch (IOException | IllegalArgumentException e) {
      return refuse(USAGE, e);
    }
    try (NodeLog log = NodeLog.open(configuration)) {
      return run(configuration, configFile, users, log);
    } catch (IOException | IllegalArgumentException e) {
      return refuse(FAILURE, e);
    }
  }

  private static int refuse(int exitCode, Exception why) {
    System.err.println("shardquake node: " + why.getMessage());
    return exitCode;
  }

  private static int run(
      Configuration configuration, Optional<Path> configFile, List<String> users, NodeLog log)
      throws IOException {
    Path directory = Path.of(configuration.text("dir"));
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is not a directory: name one with --dir");
    }
    Randomness random = new Randomness(new SplittableRandom(new SecureRandom().nextLong()));
    long unixMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    configuration
        .defects()
        .forEach(defect -> log.write(Effect.Level.WARNING, "This node has the defect " + defect));
    Node node = new Node(configuration, random, unixMicros);
    node.measureWith(() -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    int exitCode = FAILURE;
    try (NodeServer server = new NodeServer(node, directory, log, Tls.of(configuration))) {
      restore(node, directory.resolve(configuration.text("cluster-config-file")));
      restoreUsers(node, directory, configuration.text("aclfile"), users);
      listen(server, configuration);
      Thread terminator = new Thread(() -> terminate(server, ended), "node-terminator");
      Runtime.getRuntime().addShutdownHook(terminator);
      server.start(started(configFile));
      log.write(Effect.Level.NOTICE, "Ready to accept connections");
      exitCode = server.ended().join();
    } finally {
      ended.complete(exitCode);
    }
    return exitCode;
  }

  /** On a signal the node ends in good order, and the process with the node's exit code. */
  private static void terminate(NodeServer server, CompletableFuture<Integer> ended) {
    if (!ended.isDone()) {
      server.terminate();
      Runtime.getRuntime().halt(ended.join());
    }
  }

  private static Input.Started started(Optional<Path> configFile) {
    ProcessHandle self = ProcessHandle.current();
    return new Input.Started(
        self.pid(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch").replace("amd64", "x86_64"),
        self.info().command().orElse(""),
        configFile.map(Path::toString).orElse(""));
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

  private static void restoreUsers(Node node, Path directory, String aclFile, List<String> users)
      throws IOException {
    if (aclFile.isEmpty()) {
      node.restoreUsers("configuration", String.join("\n", users));
      return;
    }
    if (!users.isEmpty()) {
      throw new IllegalArgumentException(
          "users are described in the configuration and in the aclfile " + aclFile + ": use one");
    }
    Path file = directory.resolve(aclFile);
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read the aclfile " + file);
    }
    node.restoreUsers(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  private static void listen(NodeServer server, Configuration configuration) throws IOException {
    int port = (int) configuration.number("port");
    int securePort = (int) configuration.number("tls-port");
    boolean secureBus = configuration.yes("tls-cluster");
    for (String host : configuration.text("bind").strip().split(" +", -1)) {
      if (port != 0) {
        server.listen(Input.Listener.CLIENT, host, port, false);
      }
      if (securePort != 0) {
        server.listen(Input.Listener.SECURE_CLIENT, host, securePort, true);
      }
      if (configuration.yes("cluster-enabled")) {
        server.listen(Input.Listener.BUS, host, Cluster.busPort(configuration), secureBus);
      }
    }
  }
}
