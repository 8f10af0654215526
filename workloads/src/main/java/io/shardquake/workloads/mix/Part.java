package io.shardquake.workloads.mix;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.Workload;

/**
 * A workload in a mixture.
 *
 * @param weight how often it is chosen, relative to the other parts' weights; at least 1
 */
public record Part(Workload workload, int weight) {
  public Part {
    if (weight < 1) {
      throw new IllegalArgumentException(
          "the weight of '" + workload.name() + "' must be at least 1, not " + weight);
    }
  }

  /** Whether the key belongs to this workload. */
  boolean has(Value key) {
    String name = workload.name();
    return key instanceof Value.Text text
        && text.value().length() > name.length()
        && text.value().charAt(name.length()) == ':'
        && text.value().startsWith(name);
  }

  @Override
  public String toString() {
    return weight == 1 ? workload.name() : workload.name() + "=" + weight;
  }
}
