package io.shardquake.harness.cluster.check;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Finds keys on a master that does not own their slots. */
public final class ForeignKeys {
  private static final int TOGETHER = 2048;

  private ForeignKeys() {}

  /**
   * How many keys of each slot that it does not own a master holds; slots without any are left out.
   *
   * <p>First the cheap question: does it hold more keys than its own slots do? Only if so, or if
   * clients change the numbers meanwhile, every other slot is asked for.
   */
  public static SortedMap<Integer, Long> on(NodeReport master, SlotCommands node)
      throws ClusterException, InterruptedException {
    List<Integer> own = slots(master, true);
    long size = Answers.await(node.node(), node.size());
    if (size == 0 || size == counts(node, own).values().stream().mapToLong(n -> n).sum()) {
      return new TreeMap<>();
    }
    return counts(node, slots(master, false));
  }

  private static List<Integer> slots(NodeReport master, boolean owned) {
    return IntStream.range(0, SlotRange.SLOTS)
        .filter(slot -> master.myself().owns(slot) == owned)
        .boxed()
        .toList();
  }

  private static SortedMap<Integer, Long> counts(SlotCommands node, List<Integer> slots)
      throws ClusterException, InterruptedException {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (int first = 0; first < slots.size(); first += TOGETHER) {
      List<Integer> some = slots.subList(first, Math.min(first + TOGETHER, slots.size()));
      List<CompletableFuture<Long>> pending = new ArrayList<>();
      some.forEach(slot -> pending.add(node.count(slot)));
      List<Long> answers = Answers.awaitAll(node.node(), pending);
      for (int i = 0; i < some.size(); i++) {
        if (answers.get(i) > 0) {
          counts.put(some.get(i), answers.get(i));
        }
      }
    }
    return counts;
  }
}
