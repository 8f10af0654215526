package io.shardquake.reports.sample;

import io.shardquake.reports.HtmlReport;
import io.shardquake.reports.Report;
import io.shardquake.reports.TerminalReport;
import io.shardquake.reports.VerdictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes every rendering of a {@link SampleRun}, to be looked at. */
public final class SampleReports {
  private SampleReports() {}

  /** Arguments: the directory to write to, and how many operations. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    write(SampleRun.of(Integer.parseInt(arguments[1]), directory), directory);
  }

  /** Writes them into the directory, with logs such as the run's servers might have left. */
  public static void write(SampleRun run, Path directory) throws IOException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    for (SampleLog log : SampleLog.all(run.summary().start().orElseThrow())) {
      Files.writeString(logs.resolve(log.node() + ".log"), log.text(), StandardCharsets.UTF_8);
    }
    for (Report report : List.of(new VerdictJson(), new HtmlReport())) {
      report.write(
          run.summary(), run.evidence(), run.verdict(), directory.resolve(report.fileName()));
    }
    String page =
        new TerminalReport(TerminalReport.Colour.ANSI)
            .render(run.summary(), run.evidence(), run.verdict());
    Files.writeString(directory.resolve("terminal.txt"), page, StandardCharsets.UTF_8);
  }
}
