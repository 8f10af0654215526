package io.shardquake.reports.html;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.reports.PlannedFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One fault, planned and observed.
 *
 * @param number its position in the plan; -1 for what concerns the whole run
 * @param planned null if it was not in the plan
 * @param nodes what its selector resolved to
 * @param state {@code pending} (never fired), {@code skipped}, {@code missed}, {@code injected}
 *     (effect not verified) or {@code bit}
 * @param from when it was injected; null if it never was
 * @param to when it was healed, or the end
 */
record FaultFacts(
    int number,
    String kind,
    @Nullable Planned planned,
    List<String> nodes,
    String state,
    @Nullable Long from,
    @Nullable Long to,
    List<Step> steps) {

  /** What the plan says. */
  record Planned(String where, long at, long duration) {}

  /** One line of the fault log. */
  record Step(long at, String phase, String detail) {}

  /** All faults by number; then what concerns the whole run, such as the final heal. */
  static List<FaultFacts> of(List<PlannedFault> plan, FaultLog log, long end) {
    Map<Integer, PlannedFault> planned = new TreeMap<>();
    Map<Integer, List<FaultEvent>> events = new TreeMap<>();
    Map<String, List<FaultEvent>> ofWholeRun = new LinkedHashMap<>();
    for (PlannedFault fault : plan) {
      planned.put(fault.number(), fault);
      events.put(fault.number(), new ArrayList<>());
    }
    for (FaultEvent event : log.events()) {
      if (event.fault() < 0) {
        ofWholeRun.computeIfAbsent(event.kind(), k -> new ArrayList<>()).add(event);
      } else {
        events.computeIfAbsent(event.fault(), n -> new ArrayList<>()).add(event);
      }
    }
    List<FaultFacts> faults = new ArrayList<>();
    events.forEach((number, steps) -> faults.add(of(number, planned.get(number), steps, end)));
    ofWholeRun.values().forEach(steps -> faults.add(of(-1, null, steps, end)));
    return faults;
  }

  private static FaultFacts of(
      int number, @Nullable PlannedFault planned, List<FaultEvent> events, long end) {
    State state = State.PENDING;
    @Nullable Long from = null;
    @Nullable Long to = null;
    String kind = planned == null ? "" : planned.kind();
    List<String> nodes = new ArrayList<>();
    for (FaultEvent event : events) {
      kind = event.kind();
      event.nodes().stream().filter(node -> !nodes.contains(node)).forEach(nodes::add);
      state = state.after(event.phase());
      switch (event.phase()) {
        case INJECT, BIT, MISSED -> from = from == null ? event.timeNanos() : from;
        case HEALED -> to = event.timeNanos();
        case HEAL_FAILED -> to = end;
        case HEAL, SKIPPED -> {}
      }
    }
    if (from != null && to == null) {
      to = state == State.BIT ? Long.valueOf(end) : events.get(events.size() - 1).timeNanos();
    }
    return new FaultFacts(
        number,
        kind,
        planned == null
            ? null
            : new Planned(planned.where(), planned.atNanos(), planned.durationNanos()),
        nodes,
        state.name().toLowerCase(Locale.ROOT),
        from,
        to,
        events.stream().map(e -> new Step(e.timeNanos(), words(e.phase()), e.detail())).toList());
  }

  private static String words(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** How far a fault got: what comes later in this list outweighs what comes before. */
  private enum State {
    PENDING,
    SKIPPED,
    INJECTED,
    MISSED,
    BIT;

    State after(Phase phase) {
      State reached =
          switch (phase) {
            case INJECT -> INJECTED;
            case BIT -> BIT;
            case MISSED -> MISSED;
            case SKIPPED -> SKIPPED;
            case HEAL, HEALED, HEAL_FAILED -> PENDING;
          };
      return reached.compareTo(this) > 0 ? reached : this;
    }
  }
}
