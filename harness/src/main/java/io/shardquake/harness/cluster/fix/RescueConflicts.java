package io.shardquake.harness.cluster.fix;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.move.Conflicts;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Of a key that is on two nodes keeps the copy that clients are being served, after the other, if
 * it differs, has gone into the rescue file. Used by one thread.
 */
final class RescueConflicts implements Conflicts {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Whose copy clients are being served. */
  enum Served {
    /**
     * The source owns the slot and has it marked as going to the target: a key that it has is
     * served by it, and the target's copy is out of everybody's reach as long as that is so.
     */
    BY_SOURCE,
    /** The source does not own the slot, and the owner sends nobody to it. */
    BY_TARGET
  }

  private final RescueFile rescue;
  private final Served served;

  RescueConflicts(RescueFile rescue, Served served) {
    this.rescue = rescue;
    this.served = served;
  }

  @Override
  public void resolve(SlotCommands source, SlotCommands target, int slot, byte[] key)
      throws ClusterException, InterruptedException {
    switch (served) {
      case BY_SOURCE -> {
        keepUnlessEqual(target, source, slot, key);
        // In one step on the source: does nothing if the source has lost the key meanwhile, by a
        // client that deleted it or because it expired, and the target's copy has come to light.
        Answers.await(source.node(), source.migrateOne(target.node().address(), key, LIMIT, true));
      }
      case BY_TARGET -> {
        keepUnlessEqual(source, target, slot, key);
        Answers.await(source.node(), source.delete(key));
      }
    }
  }

  private void keepUnlessEqual(SlotCommands hidden, SlotCommands serving, int slot, byte[] key)
      throws ClusterException, InterruptedException {
    Optional<byte[]> copy = Answers.await(hidden.node(), hidden.dump(key));
    Optional<byte[]> other = Answers.await(serving.node(), serving.dump(key));
    if (copy.isEmpty() || (other.isPresent() && Arrays.equals(copy.get(), other.get()))) {
      return;
    }
    long timeToLive = Answers.await(hidden.node(), hidden.timeToLive(key));
    try {
      rescue.keep(
          RescueFile.Copy.of(
              key,
              slot,
              hidden.node().address().toString(),
              serving.node().address().toString(),
              timeToLive,
              copy.get()));
    } catch (IOException e) {
      throw new ClusterException(
          "a copy of a key cannot be kept in " + rescue.path() + ": " + e.getMessage(), e);
    }
  }
}
