package io.shardquake.reports.html;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding with what lies around it.
 *
 * @param number its position on the page, from 0
 * @param from when what it tells of began; null if it has no time
 * @param to when it ended
 * @param operations indexes of operations that prove it and that the page carries
 * @param operationCount how many prove it
 * @param nearby indexes of others on the same keys at the time
 * @param topology the nodes before, at and after
 * @param log lines of the nodes' logs at the time
 * @param partial how far an order of the operations gets; null if the finding does not tell
 */
record FindingFacts(
    int number,
    String checker,
    String kind,
    String severity,
    String summary,
    String explanation,
    @Nullable Long from,
    @Nullable Long to,
    List<Long> operations,
    int operationCount,
    List<Long> nearby,
    List<TopologyMoment> topology,
    List<LogLine> log,
    @Nullable PartialOrder partial,
    List<RunFacts.NamedText> data) {

  /** A line of a node's log. */
  record LogLine(String node, String line) {}
}
