package io.shardquake.harness.experiment;

/** What a run is about at the moment, in the order of a run. */
public enum RunPhase {
  STARTING("starting the cluster"),
  TRAFFIC("traffic"),
  HEALING("healing"),
  RECOVERING("waiting for the cluster to be whole"),
  FINAL_READS("final reads"),
  STOPPING("stopping the cluster"),
  JUDGING("judging");

  private final String words;

  RunPhase(String words) {
    this.words = words;
  }

  /** For people. */
  @Override
  public String toString() {
    return words;
  }
}
