package io.shardquake.checkers.transactions;

/** Takes the anomalies that are found without a graph, one at a time. */
interface AnomalySink {
  /**
   * Takes one.
   *
   * @param what what happened, without a full stop
   * @param transactions those that prove it
   */
  void found(Anomaly anomaly, String what, int... transactions);
}
