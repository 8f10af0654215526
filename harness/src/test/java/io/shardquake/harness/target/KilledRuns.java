package io.shardquake.harness.target;

import io.shardquake.harness.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Runs that are full of faults, killed with SIGKILL at a random moment, and what is left of them
 * after the next start has swept. On demand, for many: arguments are how many and a seed; every
 * fourth is killed while it starts, the others amidst their faults.
 */
final class KilledRuns {
  private static final Duration EARLIEST = Duration.ofMillis(500);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration SWEEP_LIMIT = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofSeconds(12);

  private final Path runs;
  private final SplittableRandom random;

  KilledRuns(Path runs, long seed) {
    this.runs = runs;
    this.random = new SplittableRandom(seed);
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    KilledRuns killed =
        new KilledRuns(Files.createTempDirectory("killed-runs"), Long.parseLong(arguments[1]));
    for (int round = 0; round < rounds; round++) {
      System.out.println(killed.round(round % 2 == 0 ? "proxy" : "nft", round % 8 > 1));
      List<String> left = killed.left();
      if (!left.isEmpty()) {
        throw new IllegalStateException("left behind: " + left);
      }
    }
  }

  /**
   * One run that is killed, and the sweep of the next.
   *
   * @param network how links are broken
   * @param amidst whether to count the moment from the first operation, not from the start
   * @return what happened, in a line
   */
  String round(String network, boolean amidst) throws IOException, InterruptedException {
    Path output = Files.createTempFile(runs, "killed", ".out");
    Process harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run",
                "--target",
                "redis",
                "--network",
                network,
                "--faults",
                "any",
                "--intensity",
                "brutal",
                "--node-timeout",
                "500ms",
                "--rate",
                "100",
                "--time",
                "60s",
                "--seed",
                Long.toString(random.nextLong(1_000_000)),
                "--dir",
                runs.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (amidst) {
      Awaitility.await("traffic").atMost(START_LIMIT).until(this::hasTraffic);
    }
    long millis = random.nextLong(EARLIEST.toMillis(), LATEST.toMillis());
    boolean ended = harness.waitFor(millis, TimeUnit.MILLISECONDS);
    if (ended) {
      throw new IOException("the run ended by itself: " + Files.readString(output));
    }
    harness.destroyForcibly().waitFor();
    List<String> swept = sweep();
    return "--network %s, killed %d ms after the %s; the next start: %s"
        .formatted(network, millis, amidst ? "first operation" : "start", swept);
  }

  /** Whether the run that is going on has recorded an operation. */
  private boolean hasTraffic() throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(run -> !Files.isSymbolicLink(run))
          .map(run -> run.resolve("history.jsonl"))
          .filter(history -> Files.exists(history.resolveSibling(ProcessLedger.FILE_NAME)))
          .anyMatch(history -> history.toFile().length() > 0);
    }
  }

  /** What was in a namespace ends by itself when it notices; the sweep finds the rest. */
  private List<String> sweep() {
    List<String> swept = new ArrayList<>();
    Awaitility.await("nothing left")
        .atMost(SWEEP_LIMIT)
        .until(
            () -> {
              swept.addAll(OrphanCleanup.sweep(runs));
              return left().isEmpty();
            });
    return swept;
  }

  /** Processes that live in a run, file systems that are mounted there, and packet filters. */
  List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      processes
          .filter(process -> isBelow(Path.of("/proc", Long.toString(process.pid()), "cwd")))
          .forEach(process -> left.add("process " + process.pid() + " " + process.info()));
    }
    for (String mount : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      if (mount.contains(runs.toString())) {
        left.add(mount);
      }
    }
    return left;
  }

  private boolean isBelow(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(runs);
    } catch (IOException gone) {
      return false;
    }
  }
}
