package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.SlotCommands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends all keys of some slots from one node to another, until the first has none left. Both must
 * let them: the source by owning the slots or having them marked, the target by owning them or
 * importing them. Used by one thread.
 *
 * <p>Two MIGRATE are always under way, so that the source need not wait for the next while the
 * answer travels; each is as large as {@link BatchSize} allows, by the number of keys and, if that
 * adapts, by their {@linkplain KeySizes sizes}.
 */
final class KeyTransfer {
  private static final int FETCH = 4096;
  private static final int UNDER_WAY = 2;
  private static final int RETRIES = 5;
  private static final Duration UNAVAILABLE_LIMIT = Duration.ofSeconds(30);

  private final SlotCommands source;
  private final SlotCommands target;
  private final MoveSettings settings;
  private final Conflicts conflicts;
  private final MoveProgress progress;
  private final BatchSize size;
  private final KeySizes sizes;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private boolean oneByOne;
  private int failures;
  private long lastAnswer;

  KeyTransfer(
      SlotCommands source,
      SlotCommands target,
      MoveSettings settings,
      Conflicts conflicts,
      MoveProgress progress) {
    this.source = source;
    this.target = target;
    this.settings = settings;
    this.conflicts = conflicts;
    this.progress = progress;
    this.size = new BatchSize(settings.batch());
    this.sizes = settings.batch().isPresent() ? KeySizes.unknown() : KeySizes.at(source);
  }

  private record Batch(int slot, List<byte[]> keys) {}

  /** What was asked for, and whether in the form for many keys. */
  private record Sent(Batch batch, boolean manyKeys, CompletableFuture<String> answer) {}

  /** Returns when the source has no key of these slots any more. */
  void run(List<Integer> slots) throws ClusterException, InterruptedException {
    List<Integer> left = slots;
    while (!left.isEmpty()) {
      List<CompletableFuture<List<byte[]>>> pending =
          left.stream().map(slot -> source.keys(slot, FETCH)).toList();
      List<Integer> filled = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        List<byte[]> keys = Answers.await(source.node(), pending.get(i));
        if (!keys.isEmpty()) {
          filled.add(left.get(i));
          send(left.get(i), keys);
        }
      }
      while (!underWay.isEmpty()) {
        awaitFirst();
      }
      left = filled;
    }
  }

  private void send(int slot, List<byte[]> keys) throws ClusterException, InterruptedException {
    long[] bytes = sizes.of(keys);
    int next = 0;
    while (next < keys.size()) {
      int end = oneByOne ? next + 1 : size.end(bytes, next);
      if (underWay.isEmpty()) {
        lastAnswer = System.nanoTime();
      }
      Batch batch = new Batch(slot, keys.subList(next, end));
      underWay.add(new Sent(batch, !oneByOne, migrate(batch)));
      next = end;
      while (underWay.size() >= UNDER_WAY) {
        awaitFirst();
      }
    }
  }

  private CompletableFuture<String> migrate(Batch batch) {
    return oneByOne
        ? source.migrateOne(target.node().address(), batch.keys().get(0), settings.limit(), false)
        : source.migrate(target.node().address(), batch.keys(), settings.limit(), false);
  }

  private void awaitFirst() throws ClusterException, InterruptedException {
    Sent sent = underWay.remove();
    try {
      sent.answer().get();
      long now = System.nanoTime();
      if (sent.batch().keys().size() == size.get()) {
        size.took(now - lastAnswer);
      }
      lastAnswer = now;
      failures = 0;
      progress.keys(sent.batch().keys().size());
    } catch (ExecutionException e) {
      if (sent.manyKeys() && isSyntaxError(e)) {
        oneByOne = true;
      } else {
        recover(sent.batch(), e);
      }
    }
  }

  /** Servers before 3.0.6 know MIGRATE for one key only. */
  private static boolean isSyntaxError(ExecutionException failure) {
    return Failures.reason(failure).toLowerCase(Locale.ROOT).contains("syntax error");
  }

  /** What is not moved now is found again by the next round, except what has to be decided. */
  private void recover(Batch batch, ExecutionException failure)
      throws ClusterException, InterruptedException {
    String reason = Failures.reason(failure);
    if (reason.contains("BUSYKEY")) {
      resolve(batch);
    } else if (reason.contains("CLUSTERDOWN")) {
      awaitAvailable();
    } else if (reason.contains("IOERR") && ++failures < RETRIES) {
      size.failed();
    } else {
      throw new ClusterException(
          "slot "
              + batch.slot()
              + " cannot be moved from "
              + source.node().address()
              + " to "
              + target.node().address()
              + ": "
              + reason,
          failure);
    }
  }

  /** The answer does not tell which of the keys the target has, so each is tried alone. */
  private void resolve(Batch batch) throws ClusterException, InterruptedException {
    for (byte[] key : batch.keys()) {
      try {
        source.migrateOne(target.node().address(), key, settings.limit(), false).get();
        progress.keys(1);
      } catch (ExecutionException e) {
        if (!Failures.reason(e).contains("BUSYKEY")) {
          recover(new Batch(batch.slot(), List.of(key)), e);
        } else {
          conflicts.resolve(source, target, batch.slot(), key);
        }
      }
    }
  }

  /** While a node takes the cluster for down, it refuses to send or to take keys. */
  private void awaitAvailable() throws ClusterException, InterruptedException {
    Readiness.await(
        UNAVAILABLE_LIMIT,
        () -> {
          for (SlotCommands node : List.of(source, target)) {
            String info = Answers.await(node.node(), node.node().text("CLUSTER", "INFO"));
            if (!info.contains("cluster_state:ok")) {
              return Optional.of(node.node().address() + " takes the cluster for down");
            }
          }
          return Optional.empty();
        });
  }
}
