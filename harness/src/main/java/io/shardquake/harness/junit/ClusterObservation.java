package io.shardquake.harness.junit;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.TopologySample;
import java.util.List;
import java.util.Optional;

/** What all nodes of a cluster say of it at about one time, silence included. */
public record ClusterObservation(List<TopologySample> samples) {
  public ClusterObservation {
    samples = List.copyOf(samples);
  }

  /** A node's view; empty if it did not answer. */
  public Optional<ClusterView> view(String node) {
    return samples.stream()
        .filter(sample -> sample.observer().equals(node) && sample.answered())
        .findFirst()
        .map(ClusterView::of);
  }
}
