package io.shardquake.harness.sim.node;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Slots on their way from one simulated master to another, in the order of {@code SlotMover}:
 * marks, first at the target; keys; the new owner, first at the target.
 */
final class SimTransfer implements SlotTransfer {
  private static final int KEYS_AT_ONCE = 100;

  private final EventQueue queue;
  private final SlotWords words;
  private final Order order;
  private final Deque<Integer> left = new ArrayDeque<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Progress> over = new CompletableFuture<>();
  private int slots;
  private long keys;
  private boolean stopped;
  private boolean abandoned;
  private boolean replacing;

  SimTransfer(EventQueue queue, SlotWords words, Order order) {
    this.queue = queue;
    this.words = words;
    this.order = order;
  }

  /**
   * Moves this slot, and no other. Where the target has a key already, as after a move that nobody
   * knows to have succeeded, the owner's counts, since that is what has been served.
   */
  void finishMove(int slot) {
    replacing = true;
    left.add(slot);
    nextSlot();
  }

  void begin() {
    if (!words.isMaster(order.from()) || !words.isMaster(order.to())) {
      fail("one of " + order.from() + " and " + order.to() + " is no master any more");
      return;
    }
    then(words.ask(order.from(), "KEYS", "*"), this::choose);
  }

  private void choose(Reply reply) {
    Map<Integer, Integer> counts = new TreeMap<>();
    if (reply instanceof Reply.Array found && order.choice() == Choice.FULLEST) {
      for (Reply key : found.items()) {
        if (key instanceof Reply.Text text) {
          counts.merge(KeySlot.of(text.text()), 1, Integer::sum);
        }
      }
    }
    List<Integer> owned = new ArrayList<>(words.ownedBy(order.from()));
    owned.sort(
        Comparator.comparing((Integer slot) -> counts.getOrDefault(slot, 0))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    owned.stream().limit(order.slots()).forEach(left::add);
    nextSlot();
  }

  private void nextSlot() {
    Integer slot = stopped ? null : left.poll();
    if (slot == null) {
      begun.complete(null);
      over.complete(progress());
      return;
    }
    then(
        words.importing(order.to(), slot, order.from()),
        marked -> then(words.migrating(order.from(), slot, order.to()), both -> nextKeys(slot)));
  }

  private void nextKeys(int slot) {
    then(
        words.keysOf(order.from(), slot, order.pause().isZero() ? KEYS_AT_ONCE : 1),
        reply -> {
          List<Reply> found = reply instanceof Reply.Array array ? array.items() : List.of();
          if (found.isEmpty()) {
            finish(slot);
          } else {
            then(
                words.migrate(order.from(), order.to(), found, replacing),
                moved -> {
                  keys += found.size();
                  begun.complete(null);
                  queue.after(order.pause().toNanos(), () -> nextKeys(slot));
                });
          }
        });
  }

  private void finish(int slot) {
    then(
        words.owner(order.to(), slot, order.to()),
        told -> {
          words.tellOthers(slot, order.to());
          slots++;
          begun.complete(null);
          queue.after(order.pause().toNanos(), this::nextSlot);
        });
  }

  private interface Next {
    void take(Reply reply);
  }

  /** Goes on with a reply that is no error, unless this has been abandoned. */
  private void then(CompletableFuture<Reply> asked, Next next) {
    queue.follow(
        asked.handle((reply, failure) -> failure == null),
        () -> {
          if (abandoned) {
            fail("abandoned");
          } else if (asked.isCompletedExceptionally()) {
            fail("a node does not answer");
          } else if (asked.join() instanceof Reply.Failure failure) {
            fail(failure.message());
          } else {
            next.take(asked.join());
          }
        });
  }

  private void fail(String why) {
    begun.complete(null);
    over.completeExceptionally(new IllegalStateException(why));
  }

  @Override
  public Progress progress() {
    return new Progress(slots, keys);
  }

  @Override
  public CompletionStage<Void> begun() {
    return begun.copy();
  }

  @Override
  public CompletionStage<Progress> over() {
    return over.copy();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void abandon() {
    abandoned = true;
  }

  /** Whether nothing is moved any more. */
  boolean isOver() {
    return over.isDone();
  }
}
