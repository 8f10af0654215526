package io.shardquake.workloads.lettuce;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.SlotKeys;
import java.util.Arrays;

/**
 * One process's requests: half reads, and of the rest a share of compare-and-sets; on keys of its
 * own, so that every compare-and-set succeeds and takes its full length.
 */
final class RequestMix {
  private static final SlotKeys NAMES = new SlotKeys();

  private final RandomSource random;
  private final Value[] keys;
  private final long[] held;
  private final double compareShare;

  RequestMix(int process, int keyCount, double compareShare) {
    this.compareShare = compareShare;
    this.random = RandomSource.seeded(process);
    this.keys = new Value[keyCount];
    this.held = new long[keyCount];
    Arrays.setAll(
        keys, i -> Value.of(NAMES.key("bench" + process + ":" + i + ":", (long) process * 31 + i)));
  }

  Request next() {
    int index = random.nextInt(keys.length);
    if (random.nextInt(2) == 0) {
      return new Request("read", keys[index], Value.nil());
    }
    long before = held[index];
    held[index] = before + 1;
    Value fresh = Value.of(before + 1);
    return before > 0 && random.nextDouble() < compareShare
        ? new Request("cas", keys[index], Value.pair(Value.of(before), fresh))
        : new Request("write", keys[index], fresh);
  }
}
