package io.shardquake.harness.target;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.move.Conflicts;
import io.shardquake.harness.cluster.move.MoveProgress;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.move.SlotMover;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One move of slots, on a thread of its own. */
final class LiveTransfer implements SlotTransfer {
  /**
   * The source does nothing else while it waits for the target, which a fault may have silenced.
   */
  private static final Duration MIGRATE_LIMIT = Duration.ofSeconds(1);

  private final Order order;
  private final String source;
  private final String target;
  private final AtomicInteger slots = new AtomicInteger();
  private final AtomicLong keys = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Progress> over = new CompletableFuture<>();
  private Optional<Future<?>> running = Optional.empty();

  /**
   * @param source identifier of the node that gives
   * @param target identifier of the node that gets
   */
  LiveTransfer(Order order, String source, String target) {
    this.order = order;
    this.source = source;
    this.target = target;
  }

  synchronized void beginOn(ExecutorService threads, Supplier<ClusterSession> session) {
    running = Optional.of(threads.submit(() -> run(session)));
  }

  private void run(Supplier<ClusterSession> opened) {
    try (ClusterSession session = opened.get()) {
      move(session);
      over.complete(progress());
    } catch (ClusterException e) {
      over.completeExceptionally(new CompletionException(e.getMessage(), e));
    } catch (InterruptedException abandoned) {
      over.completeExceptionally(new CompletionException("abandoned", abandoned));
    } catch (RuntimeException e) {
      over.completeExceptionally(new CompletionException(e.toString(), e));
    } finally {
      begun.complete(null);
    }
  }

  private void move(ClusterSession session) throws ClusterException, InterruptedException {
    ClusterSnapshot snapshot = session.snapshot();
    Map<String, SlotCommands> masters = session.masters(snapshot);
    NodeReport giver =
        snapshot
            .report(source)
            .filter(NodeReport::isMaster)
            .orElseThrow(() -> new ClusterException(order.from() + " is no master any more"));
    List<SlotMove> moves =
        chosen(giver, masters.get(source)).stream()
            .map(slot -> new SlotMove(slot, source, target))
            .toList();
    if (moves.isEmpty()) {
      throw new ClusterException(order.from() + " owns no slot");
    }
    MoveSettings settings =
        new MoveSettings(
            order.pause().isZero() ? OptionalInt.empty() : OptionalInt.of(1), MIGRATE_LIMIT);
    SlotMover mover = new SlotMover(masters, settings, Conflicts.REFUSE, new Pacing());
    List<List<SlotMove>> groups =
        order.pause().isZero() ? mover.groups(moves) : moves.stream().map(List::of).toList();
    for (List<SlotMove> group : groups) {
      if (stopped.getCount() == 0) {
        return;
      }
      mover.move(group);
    }
  }

  private List<Integer> chosen(NodeReport giver, SlotCommands commands)
      throws ClusterException, InterruptedException {
    List<Integer> owned =
        giver.myself().slots().stream().flatMapToInt(LiveTransfer::each).boxed().sorted().toList();
    if (order.choice() == Choice.LOWEST) {
      return owned.stream().limit(order.slots()).toList();
    }
    List<Long> counts =
        Answers.awaitAll(commands.node(), owned.stream().map(commands::count).toList());
    List<Integer> places = new ArrayList<>(IntStream.range(0, owned.size()).boxed().toList());
    places.sort(Comparator.comparing((Integer place) -> counts.get(place)).reversed());
    return places.stream().limit(order.slots()).map(owned::get).toList();
  }

  private static IntStream each(SlotRange range) {
    return IntStream.rangeClosed(range.first(), range.last());
  }

  /** Counts, and takes the time that the order wants taken. */
  private final class Pacing implements MoveProgress {
    @Override
    public void keys(int count) {
      keys.addAndGet(count);
      pause();
    }

    @Override
    public void slots(int count) {
      slots.addAndGet(count);
      pause();
    }

    private void pause() {
      begun.complete(null);
      try {
        stopped.await(order.pause().toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException abandoned) {
        // Seen by whatever waits next.
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Progress progress() {
    return new Progress(slots.get(), keys.get());
  }

  @Override
  public CompletableFuture<Void> begun() {
    return begun.copy();
  }

  @Override
  public CompletableFuture<Progress> over() {
    return over.copy();
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public synchronized void abandon() {
    running.ifPresent(thread -> thread.cancel(true));
  }
}
