package io.shardquake.faults.nemesis;

import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.faults.slots.SlotTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moves that begin at once and go on until they are stopped. */
public final class FakeSlots implements SlotAdministration {
  private final List<String> log = new ArrayList<>();
  private boolean failing;
  private int stuck;

  /** What was asked for, in order. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Moves fail in the middle from now on, and the first attempts to close the slots do, too. */
  void failInTheMiddle(int attempts) {
    failing = true;
    stuck = attempts;
  }

  @Override
  public SlotTransfer begin(SlotTransfer.Order order) {
    log.add("move " + order.slots() + " from " + order.from() + " to " + order.to());
    return new FakeTransfer();
  }

  @Override
  public CompletionStage<String> closeOpen() {
    log.add("close");
    return stuck-- > 0
        ? CompletableFuture.failedStage(new IllegalStateException("slots stay open: 42"))
        : CompletableFuture.completedStage("no slot is open");
  }

  private final class FakeTransfer implements SlotTransfer {
    private final CompletableFuture<Progress> over = new CompletableFuture<>();

    @Override
    public Progress progress() {
      return new Progress(1, 3);
    }

    @Override
    public CompletionStage<Void> begun() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Progress> over() {
      return over;
    }

    @Override
    public void stop() {
      log.add("stop");
      if (failing) {
        over.completeExceptionally(new IllegalStateException("IOERR"));
      } else {
        over.complete(new Progress(7, 20));
      }
    }

    @Override
    public void abandon() {
      log.add("abandon");
      over.completeExceptionally(new IllegalStateException("abandoned"));
    }
  }
}
