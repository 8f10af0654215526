package io.shardquake.checkers.topology;

/**
 * What one node said about the cluster at one time, a line of {@code topology.jsonl}: the raw
 * texts, so that nothing is lost to parsing.
 *
 * @param timeNanos when the answer arrived, since the start of the run, on the history's clock
 * @param observer the harness's name of the node that was asked ({@code n1})
 * @param nodes its CLUSTER NODES reply; empty if it did not answer
 * @param info its CLUSTER INFO reply; empty if it did not answer
 * @param error why it did not answer; empty if it did
 */
public record TopologySample(
    long timeNanos, String observer, String nodes, String info, String error) {
  /** Whether the node answered. */
  public boolean answered() {
    return error.isEmpty();
  }
}
