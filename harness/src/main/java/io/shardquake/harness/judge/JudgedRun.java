package io.shardquake.harness.judge;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import io.shardquake.reports.RunSummary;
import java.util.List;

/**
 * A run, what was recorded of it, and what that proves.
 *
 * @param remarks one line each on what could not be read back, such as a torn last line
 */
public record JudgedRun(
    RunSummary summary, Evidence evidence, Verdict verdict, List<String> remarks) {
  public JudgedRun {
    remarks = List.copyOf(remarks);
  }
}
