package io.shardquake.faults.slots;

import java.util.concurrent.CompletionStage;

/** Moves slots between the masters of a cluster, as an administrator would. Thread-safe. */
public interface SlotAdministration {
  /**
   * Begins to move slots while they are used, as soon as those are moved that were asked for
   * before: two nodes that move keys to each other would both wait for the other's answer.
   */
  SlotTransfer begin(SlotTransfer.Order order);

  /**
   * Closes every slot that was left open, keeping every key in reach: what it found, in one line.
   * Fails with one line if slots stay open. Cancelled, it ends after the slot in hand.
   */
  CompletionStage<String> closeOpen();
}
