package io.shardquake.checkers.topology;

import java.util.List;

/** The samples of one run in the order in which they were taken. Immutable. */
public record TopologyLog(List<TopologySample> samples) {
  public static final TopologyLog EMPTY = new TopologyLog(List.of());

  public TopologyLog {
    samples = List.copyOf(samples);
  }
}
