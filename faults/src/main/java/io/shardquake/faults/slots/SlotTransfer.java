package io.shardquake.faults.slots;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Slots on their way from one master to another. Thread-safe. */
public interface SlotTransfer {
  /**
   * What is to be moved, and how fast.
   *
   * @param from the harness's name of the master that owns the slots
   * @param to the harness's name of the master that shall own them
   * @param slots how many, at least 1; all, if there are fewer
   * @param choice which of them
   * @param pause after each key and each slot; zero to move as fast as possible
   */
  record Order(String from, String to, int slots, Choice choice, Duration pause) {
    public Order {
      if (slots < 1 || pause.isNegative()) {
        throw new IllegalArgumentException(
            "cannot move " + slots + " slots with a pause of " + pause);
      }
    }
  }

  /** Which slots. */
  enum Choice {
    /** Those that hold the most keys. */
    FULLEST,
    /** Those with the lowest numbers, whatever they hold. */
    LOWEST
  }

  /**
   * How far it has got.
   *
   * @param slots that have their new owner
   * @param keys that have arrived
   */
  record Progress(int slots, long keys) {}

  Progress progress();

  /** Completes when the first key or slot has arrived, or when it is over, whichever is first. */
  CompletionStage<Void> begun();

  /**
   * Completes when nothing is moved any more, because all is done or it was stopped. Fails with one
   * line if it could not go on; slots may be open then.
   */
  CompletionStage<Progress> over();

  /** Lets it end after the slots in hand. */
  void stop();

  /** Leaves everything as it is at this moment, open slots too, as an administrator who dies. */
  void abandon();
}
