package io.shardquake.harness.target;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterFormation;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.ReplicaPlacement;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How long six servers take from their start to a healthy cluster, formed by us and by {@code
 * redis-cli --cluster create}: same servers, same configuration, alternating, ours each time in a
 * fresh JVM. Ours ends when every node says that all is well, replicas included; redis-cli's when
 * every node says {@code cluster_state:ok}, which is less.
 */
final class ClusterStartBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SAMPLES = 7;

  private ClusterStartBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      System.out.println(measure(arguments[0]));
      return;
    }
    Map<String, List<Long>> samples = new TreeMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      for (String how : List.of("shardquake", "redis-cli")) {
        samples.computeIfAbsent(how, name -> new ArrayList<>()).add(measureInFreshJvm(how));
      }
    }
    samples.forEach(
        (how, millis) -> {
          long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
          System.out.printf(
              "%-10s median %d ms of %s%n",
              how, sorted[sorted.length / 2], Arrays.toString(sorted));
        });
  }

  private static long measureInFreshJvm(String how) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ClusterStartBenchmark.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      return Long.parseLong(output.readLine().strip());
    } finally {
      process.waitFor();
    }
  }

  private static long measure(String how) throws Exception {
    Path directory = Files.createTempDirectory("cluster-start");
    ClusterOptions options = ClusterOptions.DEFAULT;
    ServerExecutable server =
        new ServerSearch(
                System.getenv("PATH"),
                directory,
                new CarriedServer(name -> Optional.empty(), "none", "none"))
            .find(Optional.empty(), directory);
    List<NodeAddress> addresses =
        new FreeAddresses(FreeAddresses::canListen, new SplittableRandom())
            .choose(6, 1, Wiring.DIRECT).stream().map(NodePlace::own).toList();
    try (ProcessGroup group =
        ProcessGroup.open(directory, DetachedCommand.foundOn(System.getenv("PATH")))) {
      List<ServerProcess> processes = new ArrayList<>();
      for (NodeAddress address : addresses) {
        processes.add(prepare(group, directory, server, options, address));
      }
      long start = System.nanoTime();
      for (ServerProcess process : processes) {
        process.start();
      }
      switch (how) {
        case "redis-cli" -> {
          awaitAll(addresses, "PING", "+PONG");
          createWithRedisCli(addresses);
          awaitAll(addresses, "CLUSTER INFO", "cluster_state:ok");
        }
        default -> {
          try (ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(1))) {
            new NodePing(connections, LIMIT).await(processes);
            new ClusterFormation(connections, LIMIT).form(ReplicaPlacement.plan(addresses, 1));
          }
        }
      }
      return (System.nanoTime() - start) / 1_000_000;
    }
  }

  private static ServerProcess prepare(
      ProcessGroup group,
      Path directory,
      ServerExecutable server,
      ClusterOptions options,
      NodeAddress address)
      throws IOException {
    Path own = Files.createDirectories(directory.resolve(address.host()));
    Files.write(
        own.resolve("redis.conf"),
        RedisConfiguration.render(NodePlace.direct(address), server.version(), options));
    return group.add(
        new NodeLaunch(
            address.host(),
            NodePlace.direct(address),
            List.of(server.path().toString(), "redis.conf"),
            Map.of(),
            own,
            own.resolve("log")));
  }

  private static void createWithRedisCli(List<NodeAddress> addresses) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
    addresses.forEach(address -> command.add(address.toString()));
    command.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IOException("redis-cli --cluster create failed");
    }
  }

  /** Over plain sockets, so that redis-cli's time holds nothing that it would not need itself. */
  private static void awaitAll(List<NodeAddress> addresses, String command, String expected)
      throws Exception {
    for (NodeAddress address : addresses) {
      Readiness.await(
          LIMIT,
          () ->
              ask(address, command).contains(expected)
                  ? Optional.empty()
                  : Optional.of(address + " does not say " + expected));
    }
  }

  private static String ask(NodeAddress address, String command) {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII);
    } catch (IOException notYet) {
      return "";
    }
  }
}
