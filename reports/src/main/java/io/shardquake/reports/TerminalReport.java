package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;
import java.util.List;

/** The verdict as a page of text for a terminal. Stateless, thread-safe. */
public final class TerminalReport {
  /** Whether escape sequences may be used. */
  public enum Colour {
    NONE,
    ANSI
  }

  private final Colour colour;

  public TerminalReport(Colour colour) {
    this.colour = colour;
  }

  /**
   * Renders the page: verdict, reason, checkers, findings, faults, throughput, errors, files.
   *
   * @return text that ends with a line feed; control characters in recorded data are escaped
   */
  public String render(RunSummary run, Evidence evidence, Verdict verdict) {
    StringBuilder page = new StringBuilder();
    String word = verdict.validity().name();
    page.append(colour == Colour.ANSI ? "\u001b[1m" + word + "\u001b[0m" : word)
        .append("  ")
        .append(verdict.reason())
        .append('\n');
    appendFindings(page, List.of(verdict));
    page.append(evidence.history().size()).append(" operations\n");
    page.append(run.runDirectory()).append('\n');
    return page.toString();
  }

  private static void appendFindings(StringBuilder page, List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      for (Finding finding : verdict.findings()) {
        page.append("  ").append(finding.severity()).append(' ').append(finding.summary());
        page.append('\n');
      }
      appendFindings(page, verdict.parts());
    }
  }
}
