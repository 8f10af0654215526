package io.shardquake.faults.nemesis;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the heal at the end of a run went.
 *
 * @param failures for each node that could not be made to run and answer, why
 */
public record HealReport(SortedMap<String, String> failures) {
  public HealReport {
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** Whether every node runs and answers. */
  public boolean complete() {
    return failures.isEmpty();
  }
}
