package io.shardquake.faults.injector.admin;

import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.slots.SlotAdministration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Closes what a move of slots left open, as soon as the nodes let it. */
final class OpenSlots {
  private final Injection injection;

  OpenSlots(Injection injection) {
    this.injection = injection;
  }

  /** Tries again and again: other faults may keep nodes away. Never fails. */
  CompletionStage<Effect> close(String node) {
    return injection
        .waits()
        .until(
            injection.bounds().healing(),
            injection.bounds().poll(),
            () -> attempt().thenApply(Attempt::of))
        .thenApply(found -> Effect.proven(node, found))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  /** One that is late is told to end: it would go on to change slots when nobody expects it. */
  private CompletionStage<String> attempt() {
    CompletionStage<String> closing = close();
    return injection
        .waits()
        .within(injection.bounds().healing(), "closing open slots", () -> closing)
        .whenComplete(
            (closed, failure) -> {
              if (failure != null) {
                closing.toCompletableFuture().cancel(true);
              }
            });
  }

  private CompletionStage<String> close() {
    return injection
        .cluster()
        .slots()
        .map(SlotAdministration::closeOpen)
        .orElseGet(() -> CompletableFuture.completedStage("there was nothing to close"));
  }
}
