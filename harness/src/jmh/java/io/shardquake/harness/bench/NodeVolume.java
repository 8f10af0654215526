package io.shardquake.harness.bench;

import io.shardquake.harness.bench.BenchedServer.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A million small keys, and a gibibyte of data: memory, full resynchronisation, loading. */
final class NodeVolume {
  private static final int KEYS = 1_000_000;
  private static final int BATCH = 1_000;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  private NodeVolume() {}

  static void ofSmallKeys(Path directory) throws Exception {
    for (Kind kind : Kind.values()) {
      try (BenchedServer server = BenchedServer.start(kind, directory.resolve(kind + "-small"))) {
        long before = server.residentBytes();
        fill(server, 3);
        System.out.printf(
            Locale.ROOT,
            "%s: %,d small keys take %d MB (resident before: %d MB)%n",
            kind,
            KEYS,
            (server.residentBytes() - before) >> 20,
            before >> 20);
      }
    }
  }

  static void ofGibibyte(Path directory) throws Exception {
    for (Kind kind : Kind.values()) {
      large(kind, directory.resolve(kind + "-large"));
    }
  }

  private static void large(Kind kind, Path directory) throws Exception {
    String[] options = {"--appendonly", "yes", "--appendfsync", "everysec"};
    try (BenchedServer master = BenchedServer.start(kind, directory.resolve("master"), options)) {
      fill(master, 1024);
      try (BenchedServer replica = BenchedServer.start(kind, directory.resolve("replica"))) {
        double quiet = slowestPing(master, () -> TimeUnit.SECONDS.sleep(3));
        long[] took = new long[1];
        double slowest = slowestPing(master, () -> took[0] = resynchronise(master, replica));
        System.out.printf(
            Locale.ROOT,
            "%s: full resynchronisation %.1f s; slowest PING %.0f ms meanwhile, %.0f ms before%n",
            kind,
            took[0] / 1e9,
            slowest,
            quiet);
      }
      double slowest = slowestPing(master, () -> save(master));
      System.out.printf(Locale.ROOT, "%s: slowest PING in BGSAVE %.0f ms%n", kind, slowest);
    }
    try (BenchedServer again = BenchedServer.start(kind, directory.resolve("master"), options)) {
      System.out.printf(
          Locale.ROOT,
          "%s: has loaded its log of %s keys after %.1f s, %d MB resident%n",
          kind,
          again.ask("DBSIZE"),
          again.readyNanos() / 1e9,
          again.residentBytes() >> 20);
    }
  }

  private static void fill(BenchedServer server, int valueBytes) throws IOException {
    String value = "x".repeat(valueBytes);
    for (int first = 0; first < KEYS; first += BATCH) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int key = first; key < first + BATCH; key++) {
        batch.writeBytes(
            "*3\r\n$3\r\nSET\r\n$11\r\nkey:%07d\r\n$%d\r\n%s\r\n"
                .formatted(key, valueBytes, value)
                .getBytes(StandardCharsets.US_ASCII));
      }
      server.send(batch.toByteArray());
      for (int key = 0; key < BATCH; key++) {
        if (!server.readLine().equals("+OK")) {
          throw new IOException("SET was refused");
        }
      }
    }
  }

  private static long resynchronise(BenchedServer master, BenchedServer replica) throws Exception {
    long begin = System.nanoTime();
    replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
    while (!replica.info("master_link_status").equals("up")) {
      TimeUnit.MILLISECONDS.sleep(20);
      check(begin);
    }
    return System.nanoTime() - begin;
  }

  private static void save(BenchedServer server) throws Exception {
    long begin = System.nanoTime();
    String before = server.ask("LASTSAVE");
    TimeUnit.MILLISECONDS.sleep(1100);
    server.ask("BGSAVE");
    while (server.ask("LASTSAVE").equals(before)) {
      TimeUnit.MILLISECONDS.sleep(20);
      check(begin);
    }
  }

  private static void check(long begin) throws IOException {
    if (System.nanoTime() - begin > PATIENCE) {
      throw new IOException("no end within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
    }
  }

  /** What is waited for meanwhile. */
  private interface Work {
    void run() throws Exception;
  }

  /** In milliseconds, of PINGs and SETs on another connection, one after the other. */
  private static double slowestPing(BenchedServer server, Work work) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Long> slowest =
          thread.submit(
              () -> {
                long most = 0;
                try (PingLoop loop = new PingLoop(server.port())) {
                  while (!done.get()) {
                    most = Math.max(most, loop.once());
                    TimeUnit.MILLISECONDS.sleep(1);
                  }
                }
                return most;
              });
      work.run();
      done.set(true);
      return slowest.get() / 1e6;
    } finally {
      done.set(true);
      thread.shutdown();
    }
  }
}
