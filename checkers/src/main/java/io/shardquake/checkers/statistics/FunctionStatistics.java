package io.shardquake.checkers.statistics;

/**
 * What became of the operations of one function.
 *
 * @param function its name ({@code read}, {@code write})
 * @param ok how many happened
 * @param fail how many certainly did not
 * @param info how many may have
 * @param latency of those that happened
 */
public record FunctionStatistics(String function, long ok, long fail, long info, Latency latency) {
  /** How many were asked. */
  public long attempted() {
    return ok + fail + info;
  }
}
