package io.shardquake.workloads.replicaread;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How old what replicas showed certainly was. Not thread-safe. */
final class Staleness {
  private final List<Long> nanos = new ArrayList<>();

  /** Takes in a read: how long before it the first increment was over that it does not show. */
  void add(History history, int read, List<Integer> increments) {
    long seen = ((Value.Int) history.result(read)).value();
    increments.stream()
        .filter(row -> history.type(row) == Completion.Type.OK)
        .filter(row -> ((Value.Int) history.result(row)).value() > seen)
        .mapToLong(row -> history.invocationTimeNanos(read) - history.completionTimeNanos(row))
        .filter(age -> age > 0)
        .max()
        .ifPresent(nanos::add);
  }

  /** How many reads were certainly stale. */
  long stale() {
    return nanos.size();
  }

  /** By how much a stale read was, in the middle; 0 if none was. */
  long median() {
    List<Long> ordered = nanos.stream().sorted().toList();
    return ordered.isEmpty() ? 0 : ordered.get(ordered.size() / 2);
  }

  /** By how much the stalest was; 0 if none was. */
  long worst() {
    return nanos.isEmpty() ? 0 : Collections.max(nanos);
  }
}
