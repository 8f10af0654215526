package io.shardquake.workloads;

/**
 * What can be chosen of a workload.
 *
 * @param activeKeys how many keys are in use at a time
 * @param operationsPerKey after how many operations a key is retired and a fresh one takes its
 *     place, so that no key's history grows without bound
 * @param readShare which part of the operations only read, from 0 to 1
 * @param valueBytes length that values are padded to where they are stored; 0 leaves them as short
 *     as they are. Long values are what makes a replica lag
 */
public record WorkloadOptions(
    int activeKeys, int operationsPerKey, double readShare, int valueBytes) {
  /** The longest value that Redis accepts by default. */
  public static final int MAX_VALUE_BYTES = 512 * 1024 * 1024;

  /** A hundred keys at a time, two hundred operations each, half of them reads, short values. */
  public static final WorkloadOptions DEFAULT = new WorkloadOptions(100, 200, 0.5, 0);

  public WorkloadOptions {
    if (activeKeys < 1) {
      throw new IllegalArgumentException("there must be at least one active key: " + activeKeys);
    }
    if (operationsPerKey < 1) {
      throw new IllegalArgumentException(
          "a key must take at least one operation: " + operationsPerKey);
    }
    if (!(readShare >= 0 && readShare <= 1)) {
      throw new IllegalArgumentException("the share of reads must be from 0 to 1: " + readShare);
    }
    if (valueBytes < 0 || valueBytes > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a value's length must be from 0 to " + MAX_VALUE_BYTES + " bytes: " + valueBytes);
    }
  }

  public WorkloadOptions withActiveKeys(int keys) {
    return new WorkloadOptions(keys, operationsPerKey, readShare, valueBytes);
  }

  public WorkloadOptions withOperationsPerKey(int operations) {
    return new WorkloadOptions(activeKeys, operations, readShare, valueBytes);
  }

  public WorkloadOptions withReadShare(double share) {
    return new WorkloadOptions(activeKeys, operationsPerKey, share, valueBytes);
  }

  public WorkloadOptions withValueBytes(int bytes) {
    return new WorkloadOptions(activeKeys, operationsPerKey, readShare, bytes);
  }
}
