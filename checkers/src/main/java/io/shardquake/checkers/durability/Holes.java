package io.shardquake.checkers.durability;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the keys of a shard against each other: all of them share one replication stream, so that
 * what a failover loses is a suffix of it. If a write survived that was invoked after a lost one
 * had been acknowledged, replication skipped a command. Not thread-safe.
 */
final class Holes {
  /** The kind of the findings. */
  static final String KIND = "replication-hole";

  private static final class Event {
    private int keptRow = -1;
    private int lostRow = -1;
  }

  private final History history;
  private final Map<String, Event> events = new TreeMap<>();

  Holes(History history) {
    this.history = history;
  }

  /** Takes in what the failovers kept and lost of a key. */
  void add(KeyStory story) {
    Value from = Value.nil();
    for (int i = 0; i < story.cuts().size(); i++) {
      Cut cut = story.cuts().get(i);
      Lineage old = story.lineages().get(i);
      List<Value> inherited = story.lineages().get(i + 1).inherited();
      if (inherited.size() != 1 || cut.migrating()) {
        return;
      }
      Value start = inherited.get(0);
      old.writer(start).ifPresent(row -> kept(cut, row));
      KeyJudge.lostAt(history, old, from, start).forEach(row -> lost(cut, row));
      from = start;
    }
  }

  /** Takes in that an update was there after a failover. */
  void kept(Cut cut, int row) {
    if (answered(row, cut) && !cut.migrating()) {
      keep(event(cut), row);
    }
  }

  /** Takes in that an acknowledged update was not there after a failover. */
  void lost(Cut cut, int row) {
    if (answered(row, cut) && !cut.migrating()) {
      lose(event(cut), row);
    }
  }

  private Event event(Cut cut) {
    return events.computeIfAbsent(cut.event(), e -> new Event());
  }

  private boolean answered(int row, Cut cut) {
    return history.attribution(row).nodes().equals(List.of(cut.from()));
  }

  private void keep(Event event, int row) {
    if (event.keptRow < 0
        || history.invocationIndex(row) > history.invocationIndex(event.keptRow)) {
      event.keptRow = row;
    }
  }

  private void lose(Event event, int row) {
    if (event.lostRow < 0
        || history.completionIndex(row) < history.completionIndex(event.lostRow)) {
      event.lostRow = row;
    }
  }

  /** Whether a failover was found to have lost an earlier write and kept a later one. */
  boolean isIn(Cut cut) {
    Event event = events.get(cut.event());
    return event != null && isHole(event);
  }

  private boolean isHole(Event event) {
    return event.keptRow >= 0
        && event.lostRow >= 0
        && history.completionIndex(event.lostRow) < history.invocationIndex(event.keptRow);
  }

  /** One finding for each failover that lost an earlier write and kept a later one. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    events.forEach(
        (name, event) -> {
          if (isHole(event)) {
            findings.add(finding(name, event));
          }
        });
    return findings;
  }

  private Finding finding(String name, Event event) {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("failover", Value.of(name));
    data.put("lost", history.keyValue(history.key(event.lostRow)));
    data.put("kept", history.keyValue(history.key(event.keptRow)));
    return new Finding(
        KIND,
        Severity.VIOLATION,
        "the failover from "
            + name.replaceFirst(" at .*", "")
            + " lost a write and kept a later one of the same shard",
        """
        Event %d changed %s and was acknowledged at %s; event %d changed %s and was only invoked at %s.
        Both went to the same master, so the first comes first in its replication stream.
        However, after the failover the second was there and the first was not.\
        """
            .formatted(
                history.invocationIndex(event.lostRow),
                history.keyValue(history.key(event.lostRow)),
                Cut.seconds(history.completionTimeNanos(event.lostRow)),
                history.invocationIndex(event.keptRow),
                history.keyValue(history.key(event.keptRow)),
                Cut.seconds(history.invocationTimeNanos(event.keptRow))),
        List.of(history.invocationIndex(event.lostRow), history.invocationIndex(event.keptRow)),
        new Value.Mapping(data));
  }
}
