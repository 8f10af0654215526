package io.shardquake.reports.html;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.statistics.RunStatistics;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.reports.RunSummary;
import java.util.List;

/**
 * Everything the page shows, as its scripts read it: the names of these components and of those
 * below are theirs. Times are nanoseconds since the start of the run.
 *
 * @param notices what was left out to keep the page small, a sentence each
 */
record PageData(
    RunFacts run,
    VerdictFacts verdict,
    TotalFacts totals,
    List<FunctionFacts> functions,
    List<ErrorFacts> errors,
    List<ServedFacts> served,
    SeriesFacts series,
    UnavailabilityFacts unavailability,
    List<FaultFacts> faults,
    NodeFacts nodes,
    SlotMapFacts slotMap,
    OperationFacts operations,
    List<FindingFacts> findings,
    FindingTotals findingTotals,
    List<String> notices) {

  /** Gathers it; the same arguments give the same data, but for the log lines, read from disk. */
  static PageData of(RunSummary run, Evidence evidence, Verdict verdict, PageBounds bounds) {
    History history = evidence.history();
    Notices notices = new Notices();
    RunStatistics statistics = RunStatistics.of(history);
    ClusterTimeline timeline = evidence.topology().timeline();
    long end = Math.max(run.duration().toNanos(), statistics.lastNanos());
    OperationChoice choice = new OperationChoice(history, bounds);
    List<FindingFacts> findings =
        new FindingGathering(run, history, timeline, choice, bounds, notices).gather(verdict);
    return new PageData(
        RunFacts.of(run),
        VerdictFacts.of(verdict),
        TotalFacts.of(statistics),
        statistics.functions().stream().map(FunctionFacts::of).toList(),
        statistics.errors().stream().map(ErrorFacts::of).toList(),
        ServedFacts.of(statistics),
        SeriesFacts.of(history, bounds),
        UnavailabilityFacts.of(history, timeline, end, bounds, notices),
        FaultFacts.of(run.plan(), evidence.faults(), end),
        NodeFacts.of(timeline, bounds, notices),
        SlotMapFacts.of(timeline, bounds, notices),
        OperationFacts.of(history, choice.rows(notices), bounds),
        findings,
        FindingTotals.of(verdict),
        notices.list());
  }
}
