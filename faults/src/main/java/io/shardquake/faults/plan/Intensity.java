package io.shardquake.faults.plan;

import java.util.Locale;

/**
 * How hard a planner strikes. Lengths are multiples of the node timeout, because that is what
 * decides whether the cluster notices a fault at all, and how long it needs afterwards.
 */
public enum Intensity {
  /** One fault at a time, each long enough to be noticed, and ample time between them. */
  CALM(1.5, 3, 4, 1),
  /** One fault at a time, some too short to be noticed; time to recover between them. */
  NORMAL(0.25, 4, 2, 1),
  /** Up to three faults that overlap, whole shards and majorities; barely time to recover. */
  BRUTAL(0.1, 6, 1, 3);

  private final double shortest;
  private final double longest;
  private final double recovery;
  private final int atOnce;

  Intensity(double shortest, double longest, double recovery, int atOnce) {
    this.shortest = shortest;
    this.longest = longest;
    this.recovery = recovery;
    this.atOnce = atOnce;
  }

  /** The shortest fault, in node timeouts. */
  public double shortest() {
    return shortest;
  }

  /** The longest fault, in node timeouts. */
  public double longest() {
    return longest;
  }

  /** The least time without a fault between two waves of faults, in node timeouts. */
  public double recovery() {
    return recovery;
  }

  /** The most faults in one wave; those of a wave overlap. */
  public int atOnce() {
    return atOnce;
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
