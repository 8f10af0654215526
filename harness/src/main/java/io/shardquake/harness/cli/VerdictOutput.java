package io.shardquake.harness.cli;

import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.reports.HtmlReport;
import io.shardquake.reports.JunitXml;
import io.shardquake.reports.Report;
import io.shardquake.reports.TerminalReport;
import io.shardquake.reports.TerminalReport.Colour;
import io.shardquake.reports.VerdictJson;
import io.shardquake.reports.allure.AllureReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a verdict leaves a command: as files, on standard output, as an exit code.
 *
 * @param json whether standard output gets JSON instead of text
 */
record VerdictOutput(Console console, boolean json) {
  /**
   * Writes every report into a directory.
   *
   * @throws IOException if one cannot be written; its message names the file
   */
  void write(JudgedRun judged, Path directory) throws IOException {
    for (Report report :
        List.of(new VerdictJson(), new JunitXml(), new HtmlReport(), new AllureReport())) {
      report.write(
          judged.summary(),
          judged.evidence(),
          judged.verdict(),
          directory.resolve(report.fileName()));
    }
  }

  /** Prints the verdict; returns the exit code that says the same. */
  int print(JudgedRun judged) {
    judged.remarks().forEach(console.err()::println);
    if (console.liveOut()) {
      console.out().println();
    }
    console.out().print(json ? asJson(judged) : asText(judged));
    console.out().flush();
    return ExitCode.of(judged.verdict().validity()).number();
  }

  private static String asJson(JudgedRun judged) {
    return new VerdictJson().render(judged.summary(), judged.evidence(), judged.verdict());
  }

  private String asText(JudgedRun judged) {
    return new TerminalReport(console.liveOut() ? Colour.ANSI : Colour.NONE)
        .render(judged.summary(), judged.evidence(), judged.verdict());
  }
}
