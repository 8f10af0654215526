package io.shardquake.harness.bench;

import io.shardquake.harness.bench.BenchedServer.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The reference node beside redis-server, in turns: {@code requests ROUNDS REQUESTS} by
 * redis-benchmark, {@code start ROUNDS}, {@code memory} of a million small keys, {@code volume}
 * with a gibibyte of data, {@code failover ROUNDS}. See docs/BENCHMARKS.md.
 */
public final class NodeBenchmark {
  private static final List<String> TESTS = List.of("get", "set", "incr", "lpush", "hset", "zadd");

  private NodeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("node-benchmark");
    switch (arguments[0]) {
      case "requests" ->
          requests(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
      case "start" -> start(directory, Integer.parseInt(arguments[1]));
      case "memory" -> NodeVolume.ofSmallKeys(directory);
      case "volume" -> NodeVolume.ofGibibyte(directory);
      case "failover" -> FailoverTimes.measure(directory, Integer.parseInt(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void requests(Path directory, int rounds, int requests) throws Exception {
    try (BenchedServer redis = BenchedServer.start(Kind.REDIS, directory.resolve("redis"));
        BenchedServer node = BenchedServer.start(Kind.REFERENCE, directory.resolve("node"))) {
      for (int pipeline : new int[] {1, 16}) {
        for (int size : new int[] {3, 1024}) {
          for (String test : TESTS) {
            compare(List.of(redis, node), test, size, pipeline, rounds, requests * pipeline);
          }
        }
      }
    }
  }

  private static void compare(
      List<BenchedServer> servers, String test, int size, int pipeline, int rounds, int requests)
      throws Exception {
    List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Double>> tails = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round <= rounds; round++) {
      for (int which = 0; which < servers.size(); which++) {
        servers.get(which).ask("FLUSHALL");
        String[] row = benchmark(servers.get(which), test, size, pipeline, requests);
        if (round > 0) {
          rates.get(which).add(number(row[1]));
          tails.get(which).add(number(row[6]));
        }
      }
    }
    double redis = Span.median(rates.get(0));
    double node = Span.median(rates.get(1));
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %,.0f/s | %,.0f/s | %.2f | %.2f ms | %.2f ms |%n",
        test.toUpperCase(Locale.ROOT),
        size,
        pipeline,
        redis,
        node,
        node / redis,
        Span.median(tails.get(0)),
        Span.median(tails.get(1)));
  }

  private static double number(String quoted) {
    return Double.parseDouble(quoted.replace("\"", ""));
  }

  /** The row that redis-benchmark prints: test, rate, and latencies in milliseconds. */
  private static String[] benchmark(
      BenchedServer server, String test, int size, int pipeline, int requests) throws Exception {
    Process process =
        new ProcessBuilder(
                "redis-benchmark",
                "-p",
                Integer.toString(server.port()),
                "-c",
                "50",
                "-n",
                Integer.toString(requests),
                "-r",
                "100000",
                "-d",
                Integer.toString(size),
                "-P",
                Integer.toString(pipeline),
                "-t",
                test,
                "--csv")
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("redis-benchmark failed: " + output);
    }
    List<String> lines = output.lines().filter(line -> line.startsWith("\"")).toList();
    return lines.get(lines.size() - 1).split(",", -1);
  }

  private static void start(Path directory, int rounds) throws Exception {
    Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
    Map<Kind, List<Double>> mebibytes = new EnumMap<>(Kind.class);
    for (int round = 0; round <= rounds; round++) {
      for (Kind kind : Kind.values()) {
        Path own = directory.resolve(kind + "-" + round);
        try (BenchedServer server =
            BenchedServer.start(kind, own, "--cluster-enabled", "yes", "--appendonly", "yes")) {
          if (round > 0) {
            millis.computeIfAbsent(kind, first -> new ArrayList<>()).add(server.readyNanos() / 1e6);
            mebibytes
                .computeIfAbsent(kind, first -> new ArrayList<>())
                .add(server.residentBytes() / 1048576.0);
          }
        }
      }
    }
    for (Kind kind : Kind.values()) {
      System.out.printf(
          Locale.ROOT,
          "%s: answers after %.0f ms, %.0f MB resident%n",
          kind,
          Span.median(millis.get(kind)),
          Span.median(mebibytes.get(kind)));
    }
  }
}
