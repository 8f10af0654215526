package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a node that says its cluster is down refuses everything (I01, I03; with full coverage
 * asked for, so do all nodes when one slot has no owner). A node may be well again for a moment
 * between two samples, but needs half a second for it: answers in three successive gaps between
 * samples that say it is down are proof.
 */
final class ServiceChecker implements Checker {
  private static final int GAPS = 3;

  private final Set<String> answeredWhileDown;

  /**
   * @param answeredWhileDown functions that a node may answer although its cluster is down
   */
  ServiceChecker(Collection<String> answeredWhileDown) {
    this.answeredWhileDown = Set.copyOf(answeredWhileDown);
  }

  @Override
  public String name() {
    return "no-service-while-down";
  }

  /** A time in which a node said that its cluster was down, and what it answered meanwhile. */
  private static final class Down {
    private final ViewPeriod period;
    private final List<Long> samples;
    private final Set<Integer> gaps = new TreeSet<>();
    private final List<Long> operations = new ArrayList<>();

    Down(ViewPeriod period, List<Long> samples) {
      this.period = period;
      this.samples = samples;
    }

    void add(long operation, long from, long until) {
      if (period.fromNanos() < from && until < period.lastNanos()) {
        int found = Collections.binarySearch(samples, from);
        gaps.add(found < 0 ? -found - 1 : found);
        operations.add(operation);
      }
    }
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Map<String, NavigableMap<Long, Down>> down = down(evidence.topology());
    History history = evidence.history();
    for (int row = 0; row < history.size(); row++) {
      List<String> nodes = history.attribution(row).nodes();
      if (history.type(row) == Completion.Type.OK
          && nodes.size() == 1
          && !answeredWhileDown.contains(history.functionName(history.function(row)))) {
        long from = history.invocationTimeNanos(row);
        // An observer's times follow one another: only the last that began before may hold it.
        Map.Entry<Long, Down> time =
            down.getOrDefault(nodes.get(0), Collections.emptyNavigableMap()).lowerEntry(from);
        if (time != null) {
          time.getValue().add(history.invocationIndex(row), from, history.completionTimeNanos(row));
        }
      }
    }
    Findings findings = new Findings();
    down.values().stream()
        .flatMap(times -> times.values().stream())
        .filter(time -> !time.operations.isEmpty())
        .forEach(time -> tell(time, findings));
    return new PromiseVerdict("I01 I03")
        .with("timesDown", down.values().stream().mapToLong(Map::size).sum())
        .of(name(), findings, "no node served while it said that its cluster was down");
  }

  private static Map<String, NavigableMap<Long, Down>> down(TopologyLog topology) {
    ClusterTimeline timeline = topology.timeline();
    Map<String, List<Long>> samples = new TreeMap<>();
    topology
        .samples()
        .forEach(
            sample ->
                samples
                    .computeIfAbsent(sample.observer(), observer -> new ArrayList<>())
                    .add(sample.timeNanos()));
    Map<String, NavigableMap<Long, Down>> down = new TreeMap<>();
    for (String observer : timeline.observers()) {
      NavigableMap<Long, Down> times = new TreeMap<>();
      timeline.of(observer).stream()
          .filter(period -> period.view().map(view -> !view.info().ok()).orElse(false))
          .forEach(
              period -> times.put(period.fromNanos(), new Down(period, samples.get(observer))));
      down.put(observer, times);
    }
    return down;
  }

  private static void tell(Down time, Findings findings) {
    boolean proven = time.gaps.stream().anyMatch(gap -> successive(time.gaps, gap));
    findings.add(
        proven ? "served-while-down" : "answered-between-samples-while-down",
        proven ? Severity.VIOLATION : Severity.NOTE,
        Value.nil(),
        "%s answered %,d operations between %.3f s and %.3f s while it said that its cluster was down"
            .formatted(
                time.period.observer(),
                time.operations.size(),
                time.period.fromNanos() / 1e9,
                time.period.lastNanos() / 1e9),
        time.operations);
  }

  private static boolean successive(Set<Integer> gaps, int first) {
    for (int i = 0; i < GAPS; i++) {
      if (!gaps.contains(first + i)) {
        return false;
      }
    }
    return true;
  }
}
