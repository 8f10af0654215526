package io.shardquake.reports.html;

import io.shardquake.checkers.statistics.RunStatistics;
import java.util.ArrayList;
import java.util.List;

/** How many operations one node answered with Ok. */
record ServedFacts(String node, long ok) {
  static List<ServedFacts> of(RunStatistics statistics) {
    List<ServedFacts> served = new ArrayList<>();
    statistics.served().forEach((node, count) -> served.add(new ServedFacts(node, count)));
    return served;
  }
}
