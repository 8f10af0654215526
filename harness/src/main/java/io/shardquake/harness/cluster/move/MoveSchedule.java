package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.plan.SlotMove;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Carries out many moves: one pair of masters after the other, or at the same time where no master
 * takes part in two. Asked to stop, it finishes the groups in hand.
 */
public final class MoveSchedule {
  private final SlotMover mover;
  private final BooleanSupplier stop;
  private final Map<Pair, List<SlotMove>> waiting = new LinkedHashMap<>();
  private final Set<String> busy = new HashSet<>();

  private record Pair(String from, String to) {}

  /** What became of a pair's moves. */
  private record Done(Pair pair, int slots) {}

  private MoveSchedule(List<SlotMove> moves, SlotMover mover, BooleanSupplier stop) {
    this.mover = mover;
    this.stop = stop;
    moves.forEach(
        move ->
            waiting
                .computeIfAbsent(new Pair(move.from(), move.to()), pair -> new ArrayList<>())
                .add(move));
  }

  /**
   * Returns when all moves are done, or those in hand after {@code stop}.
   *
   * @param stop asked before each group
   * @return how many slots were moved
   * @throws ClusterException the first failure, when nothing is under way any more
   */
  public static int run(List<SlotMove> moves, SlotMover mover, BooleanSupplier stop)
      throws ClusterException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      return new MoveSchedule(moves, mover, stop).run(threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private int run(ExecutorService threads) throws ClusterException, InterruptedException {
    ExecutorCompletionService<Done> running = new ExecutorCompletionService<>(threads);
    List<ClusterException> failures = new ArrayList<>();
    int moved = 0;
    int underWay = startThoseThatCan(running);
    while (underWay > 0) {
      try {
        Done done = running.take().get();
        moved += done.slots();
        busy.remove(done.pair().from());
        busy.remove(done.pair().to());
        underWay--;
        underWay += failures.isEmpty() ? startThoseThatCan(running) : 0;
      } catch (ExecutionException e) {
        underWay--;
        failures.add(
            e.getCause() instanceof ClusterException known
                ? known
                : new ClusterException(String.valueOf(e.getCause()), e));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return moved;
  }

  private int startThoseThatCan(ExecutorCompletionService<Done> running) {
    int started = 0;
    Iterator<Map.Entry<Pair, List<SlotMove>>> next = waiting.entrySet().iterator();
    while (next.hasNext()) {
      Map.Entry<Pair, List<SlotMove>> entry = next.next();
      Pair pair = entry.getKey();
      if (!busy.contains(pair.from()) && !busy.contains(pair.to())) {
        busy.add(pair.from());
        busy.add(pair.to());
        List<SlotMove> moves = entry.getValue();
        running.submit(() -> new Done(pair, moveAll(moves)));
        next.remove();
        started++;
      }
    }
    return started;
  }

  private int moveAll(List<SlotMove> moves) throws ClusterException, InterruptedException {
    int moved = 0;
    for (List<SlotMove> group : mover.groups(moves)) {
      if (stop.getAsBoolean()) {
        return moved;
      }
      mover.move(group);
      moved += group.size();
    }
    return moved;
  }
}
