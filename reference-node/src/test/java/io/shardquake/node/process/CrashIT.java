package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a node under load again and again ({@code -Dcrash.rounds=200}), each time after a random
 * number of writes, and looks whether it comes back with all that it acknowledged.
 */
final class CrashIT {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 6);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final int WRITERS = 4;
  private static final int KEYS = 50;
  private static final int MOST_WRITES = 3000;
  private static final String[] POLICIES = {"always", "everysec", "no"};

  @TempDir private Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** The last value of each key that was acknowledged, and the last that was sent. */
  private final AtomicLongArray acknowledged = new AtomicLongArray(WRITERS * KEYS);

  private final AtomicLongArray sent = new AtomicLongArray(WRITERS * KEYS);
  private final AtomicLong writes = new AtomicLong();

  @Test
  void hasAllThatItAcknowledgedAfterEachCrash() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        crash(round, threads);
      }
      try (NodeProcess node = start(POLICIES[0])) {
        requireAll(node, "at the end, seed " + SEED);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private NodeProcess start(String policy) throws IOException {
    return NodeProcess.start(
        directory, "--appendonly", "yes", "--appendfsync", policy, "--save", "");
  }

  private void crash(int round, ExecutorService threads) throws Exception {
    String policy = POLICIES[round % POLICIES.length];
    boolean rewrites = round / POLICIES.length % 2 == 1;
    String what =
        "round " + round + ", seed " + SEED + ", appendfsync " + policy + ", rewrite " + rewrites;
    try (NodeProcess node = start(policy)) {
      requireAll(node, what);
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = writer;
        writers.add(threads.submit(() -> write(node.port(), own)));
      }
      long until = writes.get() + 1 + random.nextInt(MOST_WRITES);
      awaitWrites(until);
      if (rewrites) {
        try (Wire wire = new Wire(node.port())) {
          wire.ask("BGREWRITEAOF");
        }
        awaitWrites(until + random.nextInt(MOST_WRITES));
      }
      node.kill();
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private void awaitWrites(long count) {
    Awaitility.await(count + " writes")
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(60))
        .until(() -> writes.get() >= count);
  }

  /** Until the node is gone. */
  private void write(int port, int writer) {
    try (Wire wire = new Wire(port)) {
      for (int i = 0; ; i++) {
        int key = writer * KEYS + i % KEYS;
        long value = sent.incrementAndGet(key);
        if (!wire.ask("SET", "key:" + key, Long.toString(value)).text().equals("OK")) {
          throw new IllegalStateException("a write was refused");
        }
        acknowledged.set(key, value);
        writes.incrementAndGet();
      }
    } catch (IOException gone) {
      // As it is meant to be.
    }
  }

  private void requireAll(NodeProcess node, String when) throws IOException {
    try (Wire wire = new Wire(node.port())) {
      for (int key = 0; key < acknowledged.length(); key++) {
        String text = wire.ask("GET", "key:" + key).text();
        long value = text.equals("(nil)") ? 0 : Long.parseLong(text);
        assertThat(value)
            .as("key:%d %s", key, when)
            .isBetween(acknowledged.get(key), sent.get(key));
        // What nobody was told of is settled now.
        acknowledged.set(key, value);
        sent.set(key, value);
      }
    }
  }
}
