package io.shardquake.workloads;

/**
 * What can be chosen of a workload.
 *
 * @param activeKeys how many keys are in use at a time
 * @param operationsPerKey after how many operations a key is retired and a fresh one takes its
 *     place, so that no key's history grows without bound
 * @param readShare which part of the operations only read, from 0 to 1
 */
public record WorkloadOptions(int activeKeys, int operationsPerKey, double readShare) {
  /** A hundred keys at a time, two hundred operations each, half of them reads. */
  public static final WorkloadOptions DEFAULT = new WorkloadOptions(100, 200, 0.5);

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
  }

  public WorkloadOptions withActiveKeys(int keys) {
    return new WorkloadOptions(keys, operationsPerKey, readShare);
  }

  public WorkloadOptions withOperationsPerKey(int operations) {
    return new WorkloadOptions(activeKeys, operations, readShare);
  }

  public WorkloadOptions withReadShare(double share) {
    return new WorkloadOptions(activeKeys, operationsPerKey, share);
  }
}
