package io.shardquake.checkers.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of one run in the order in which they were taken. Immutable. */
public final class TopologyLog {
  public static final TopologyLog EMPTY = new TopologyLog(List.of());

  private final List<TopologySample> samples;

  /** Made when first asked for; threads that ask at the same time make equal ones. */
  private volatile @Nullable ClusterTimeline timeline;

  public TopologyLog(List<TopologySample> samples) {
    this.samples = List.copyOf(samples);
  }

  /** All samples. */
  public List<TopologySample> samples() {
    return samples;
  }

  /** What each observer said over time. Read from the samples once, since most checkers ask. */
  public ClusterTimeline timeline() {
    ClusterTimeline known = timeline;
    if (known == null) {
      known = ClusterTimeline.of(this);
      timeline = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopologyLog log && samples.equals(log.samples);
  }

  @Override
  public int hashCode() {
    return samples.hashCode();
  }

  @Override
  public String toString() {
    return samples.size() + " samples";
  }
}
