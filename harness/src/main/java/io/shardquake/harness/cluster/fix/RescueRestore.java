package io.shardquake.harness.cluster.fix;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Puts copies of keys back that a repair had to remove. A time to live is the one that was left
 * when the copy was kept. Used by one thread.
 */
public final class RescueRestore {
  private final Existing existing;
  private final byte[] suffix;

  /** What becomes of a key that the cluster has. */
  public enum Existing {
    /** It stays, and the copy is not put back. */
    STAYS,
    /** The copy takes its place. */
    IS_REPLACED
  }

  /**
   * What was done.
   *
   * @param restored how many copies are in the cluster now
   * @param present names of the keys that stayed as they were
   */
  public record Outcome(int restored, List<byte[]> present) {
    public Outcome {
      present = List.copyOf(present);
    }
  }

  /**
   * @param suffix what to append to the name of each key, so that a copy can be compared with what
   *     is there; empty for nothing
   */
  public RescueRestore(Existing existing, String suffix) {
    this.existing = existing;
    this.suffix = suffix.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Puts all copies back, each to the master that owns its slot now.
   *
   * @throws ClusterException for the first that cannot be put back; those before it are
   */
  public Outcome run(ClusterSession session, List<RescueFile.Copy> copies)
      throws ClusterException, InterruptedException {
    ClusterSnapshot snapshot = session.snapshot();
    Map<String, SlotCommands> masters = session.masters(snapshot);
    int restored = 0;
    List<byte[]> present = new ArrayList<>();
    for (RescueFile.Copy copy : copies) {
      byte[] key = named(copy);
      SlotCommands owner = masters.get(owner(snapshot, KeySlot.of(key)));
      if (restore(owner, key, copy)) {
        restored++;
      } else {
        present.add(key);
      }
    }
    return new Outcome(restored, present);
  }

  private byte[] named(RescueFile.Copy copy) {
    byte[] key = Arrays.copyOf(copy.key(), copy.key().length + suffix.length);
    System.arraycopy(suffix, 0, key, copy.key().length, suffix.length);
    return key;
  }

  private static String owner(ClusterSnapshot snapshot, int slot) throws ClusterException {
    List<NodeReport> owners = snapshot.owners(slot);
    if (owners.size() != 1) {
      throw new ClusterException(
          "slot " + slot + " has " + owners.size() + " owners: run 'cluster fix' first");
    }
    return owners.get(0).id();
  }

  private boolean restore(SlotCommands owner, byte[] key, RescueFile.Copy copy)
      throws ClusterException, InterruptedException {
    try {
      owner
          .restore(
              key, Math.max(0, copy.timeToLive()), copy.payload(), existing == Existing.IS_REPLACED)
          .get();
      return true;
    } catch (ExecutionException e) {
      if (Failures.reason(e).contains("BUSYKEY")) {
        return false;
      }
      throw new ClusterException(owner.node().address() + ": " + Failures.reason(e), e);
    }
  }
}
