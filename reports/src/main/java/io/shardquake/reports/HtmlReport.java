package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Verdict;
import io.shardquake.reports.html.ReportPage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code report.html}: the verdict for people, one file that needs no network and opens from disk.
 * Log lines beside findings are read from {@code logs/} in the run directory.
 */
public final class HtmlReport implements Report {
  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Path file)
      throws IOException {
    ReportPage page = ReportPage.load();
    WholeFile.replace(file, writer -> page.write(run, evidence, verdict, writer));
  }
}
