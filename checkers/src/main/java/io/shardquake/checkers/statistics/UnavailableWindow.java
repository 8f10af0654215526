package io.shardquake.checkers.statistics;

/**
 * A time during which operations on one shard were tried and none happened.
 *
 * @param shard whose keys were tried
 * @param startNanos the completion of the last Ok, or the first invocation after it if none was
 *     open at that time
 * @param endNanos the completion of the next Ok; the end of the history if there is none
 * @param attempts how many operations were invoked or open in between, counting the Ok that ended
 *     it
 * @param ended whether an Ok ended it
 */
public record UnavailableWindow(
    String shard, long startNanos, long endNanos, long attempts, boolean ended) {
  public long durationNanos() {
    return endNanos - startNanos;
  }
}
