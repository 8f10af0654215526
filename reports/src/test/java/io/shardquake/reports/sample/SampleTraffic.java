package io.shardquake.reports.sample;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Registers read and written by twelve clients of a {@link SampleCluster}. */
public final class SampleTraffic {
  private static final int CLIENTS = 12;
  private static final int KEYS = 48;
  private static final long MS = 1_000_000;

  /** Keys as somebody would choose them who wants to break a report. */
  public static final List<String> HOSTILE_KEYS =
      List.of(
          "</script><script>window.pwned = true</script>",
          "\"><img src=x onerror=\"window.pwned = true\">",
          "quote\" apostrophe' back\\slash <!-- <b>bold</b> ${1+1} {{1+1}}",
          "line\u2028separator\u2029 bell\u0007 nul\u0000 escape\u001b[31mred",
          "right\u202eot tfel \ud83d\ude00 wide");

  /** The replica of shard 1 has what was written until this long before the kill. */
  private static final long REPLICATION_LAG = 150 * MS;

  private record Write(long index, long value) {}

  private record Pending(
      long end, int client, Value result, String error, boolean ok, String node) {}

  private final SplittableRandom random;
  private final int operations;
  private final History.Builder history = new History.Builder();
  private final PriorityQueue<Pending> open =
      new PriorityQueue<>(Comparator.comparingLong(Pending::end).thenComparing(Pending::client));
  private final int[] process = new int[CLIENTS];
  private final Map<String, Write> registers = new HashMap<>();
  private final Map<String, Write> replicated = new HashMap<>();
  private final Map<String, Write> lost = new HashMap<>();
  private final List<Long> lostWrite = new ArrayList<>();
  private boolean failedOver;
  private long index;
  private long nextValue = 1;

  private SampleTraffic(long seed, int operations) {
    this.random = new SplittableRandom(seed);
    this.operations = operations;
    Arrays.setAll(process, i -> i);
  }

  /**
   * What was recorded.
   *
   * @param lostWrite the indexes of a write, of the one after it that was lost, and of the read
   *     that shows it
   */
  record Recorded(History history, List<Long> lostWrite) {}

  static Recorded record(long seed, int operations) {
    SampleTraffic traffic = new SampleTraffic(seed, operations);
    traffic.run();
    return new Recorded(traffic.history.build(), traffic.lostWrite);
  }

  private void run() {
    long[] free = new long[CLIENTS];
    Arrays.setAll(free, i -> i * MS);
    // Time-outs hold clients up: the pauses between operations make up for it.
    long pause = SampleCluster.END * MS / operations * CLIENTS * 6 / 5;
    for (int n = 0; n < operations; n++) {
      int client = earliest(free);
      long now = free[client];
      complete(now);
      free[client] = invoke(client, now) + random.nextLong(pause / 2, pause + 1);
    }
    complete(Long.MAX_VALUE);
  }

  private static int earliest(long[] free) {
    int earliest = 0;
    for (int i = 1; i < free.length; i++) {
      if (free[i] < free[earliest]) {
        earliest = i;
      }
    }
    return earliest;
  }

  /** Starts an operation and returns when it will have ended. */
  private long invoke(int client, long now) {
    String key = key();
    boolean write = random.nextInt(100) < 50;
    long value = write ? nextValue++ : 0;
    history.invoke(
        new Invocation(
            index++,
            now,
            process[client],
            write ? "write" : "read",
            Value.of(key),
            write ? Value.of(value) : Value.nil()));
    Pending pending = outcome(client, now, key, write, new Write(index - 1, value));
    open.add(pending);
    return pending.end();
  }

  private String key() {
    int number = random.nextInt(KEYS);
    return number < HOSTILE_KEYS.size() && random.nextInt(20) == 0
        ? HOSTILE_KEYS.get(number)
        : "r:" + number;
  }

  private Pending outcome(int client, long now, String key, boolean write, Write value) {
    long latency = (long) (400_000 * Math.exp(random.nextDouble() * random.nextDouble() * 4));
    Optional<String> server = SampleCluster.owner(KeySlot.of(key), now / MS);
    Optional<String> atEnd = SampleCluster.owner(KeySlot.of(key), (now + latency) / MS);
    if (server.isEmpty()) {
      boolean paused = SampleCluster.shard(KeySlot.of(key)) == 2;
      return paused
          ? new Pending(now + 1_000 * MS, client, Value.nil(), "timeout", false, "n2")
          : new Pending(now + 2 * MS, client, Value.nil(), "connection-refused", false, "");
    }
    if (atEnd.isEmpty()) {
      return new Pending(now + 1_000 * MS, client, Value.nil(), "timeout", false, server.get());
    }
    if (SampleCluster.shard(KeySlot.of(key)) == 1) {
      failOver(now);
    }
    Value result = write ? Value.of(value.value()) : read(key);
    if (write) {
      registers.put(key, value);
      lost.remove(key);
      if (now < SampleCluster.KILL_N1 * MS - REPLICATION_LAG) {
        replicated.put(key, value);
      }
    }
    return new Pending(now + latency, client, result, "", true, server.get());
  }

  private Value read(String key) {
    Write last = registers.get(key);
    if (last == null) {
      return Value.nil();
    }
    Write gone = lost.get(key);
    if (gone != null && lostWrite.isEmpty()) {
      lostWrite.addAll(List.of(last.index(), gone.index(), index - 1));
    }
    return Value.of(last.value());
  }

  private void failOver(long now) {
    if (failedOver || now < SampleCluster.N4_TAKES_OVER * MS) {
      return;
    }
    failedOver = true;
    for (String key : List.copyOf(registers.keySet())) {
      Write kept = replicated.get(key);
      if (SampleCluster.shard(KeySlot.of(key)) == 1
          && kept != null
          && !kept.equals(registers.get(key))) {
        lost.put(key, registers.get(key));
        registers.put(key, kept);
      }
    }
  }

  private void complete(long until) {
    for (Pending end = open.peek(); end != null && end.end() <= until; end = open.peek()) {
      open.remove();
      history.complete(process[end.client()], completion(end));
      if (end.error().equals("timeout")) {
        process[end.client()] += CLIENTS;
      }
    }
  }

  private Completion completion(Pending end) {
    if (end.ok()) {
      return new Completion.Ok(
          index++, end.end(), end.result(), new Attribution(List.of(end.node()), 0));
    }
    if (end.node().isEmpty()) {
      return new Completion.Fail(index++, end.end(), end.error(), Attribution.NONE);
    }
    return new Completion.Info(
        index++, end.end(), end.error(), new Attribution(List.of(end.node()), 0));
  }
}
