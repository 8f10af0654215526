package io.shardquake.node.core.keys;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Deletes expired keys that nobody asks for, a few at each tick, and more while it finds many
 * (Redis documentation, EXPIRE, "How Redis expires keys"). Not thread-safe.
 */
public final class ExpiryCycle {
  private static final int SAMPLE = 20;
  private static final int BUCKETS_PER_SAMPLE = 400;
  private static final int MOST_SAMPLES = 100;

  /** The part of a sample, in percent, that may be expired without another one being taken. */
  private static final int TOLERATED_PERCENT = 10;

  private final Databases databases;
  private final Propagation propagation;
  private final BooleanSupplier mayDelete;
  private final Supplier<String> deletion;
  private final long[] cursors;
  private boolean active = true;

  /**
   * A cycle that has yet to begin.
   *
   * @param mayDelete whether deleting expired keys is this node's business now
   * @param deletion the command that tells replicas of a deleted key
   */
  public ExpiryCycle(
      Databases databases,
      Propagation propagation,
      BooleanSupplier mayDelete,
      Supplier<String> deletion) {
    this.databases = databases;
    this.propagation = propagation;
    this.mayDelete = mayDelete;
    this.deletion = deletion;
    this.cursors = new long[databases.count()];
  }

  /** Switches the cycle on or off (DEBUG SET-ACTIVE-EXPIRE). */
  public void activate(boolean yes) {
    this.active = yes;
  }

  /** Does what there is to do at a time, in Unix milliseconds. */
  public void tick(long nowMillis) {
    if (!active || !mayDelete.getAsBoolean()) {
      return;
    }
    for (int i = 0; i < cursors.length; i++) {
      int expired = SAMPLE;
      for (int n = 0; n < MOST_SAMPLES && expired * 100 > SAMPLE * TOLERATED_PERCENT; n++) {
        expired = sample(i, nowMillis);
      }
    }
  }

  /** Deletes what has expired among some keys; gives how many that were. */
  private int sample(int database, long nowMillis) {
    Keyspace keyspace = databases.get(database);
    List<byte[]> expired = new ArrayList<>();
    int[] seen = new int[1];
    for (int i = 0; i < BUCKETS_PER_SAMPLE && seen[0] < SAMPLE; i++) {
      cursors[database] =
          keyspace
              .expiries()
              .scan(
                  cursors[database],
                  (key, at) -> {
                    seen[0]++;
                    if (nowMillis > at) {
                      expired.add(key);
                    }
                  });
      if (cursors[database] == 0) {
        break;
      }
    }
    for (byte[] key : expired) {
      keyspace.expire(key);
      propagation.add(deletion.get(), key);
      propagation.endUnwrapped(database);
    }
    return expired.size();
  }
}
