package io.shardquake.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.reports.TerminalReport.Colour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalReportTest {
  private static String plain(SmallRun run) {
    return new TerminalReport(Colour.NONE).render(run.summary(), run.evidence(), run.verdict());
  }

  @Test
  void isWhatItWas() throws IOException {
    try (InputStream in = TerminalReportTest.class.getResourceAsStream("terminal.golden.txt")) {
      String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(plain(SmallRun.invalid())).isEqualTo(golden);
    }
  }

  @Test
  void beginsWithTheVerdict() {
    assertThat(plain(SmallRun.valid())).startsWith("VALID  small\nevery checker agrees\n");
    assertThat(plain(SmallRun.unknown()))
        .startsWith("UNKNOWN  small\nlinearizable: out of time after 12 of 53 keys\n");
  }

  @Test
  void tellsNoTimesOfAHistoryThatHasNone() {
    SmallRun run = SmallRun.valid();
    RunSummary untimed =
        RunSummary.ofHistory("h.edn", Duration.ZERO, "linearizable", Path.of("h.edn"));
    String page = new TerminalReport(Colour.NONE).render(untimed, run.evidence(), run.verdict());

    assertThat(page).contains("Operations  ").doesNotContain("ok/s", "Latency", "0.000 s");
  }

  @Test
  void tellsWhatTheSearchesTook() {
    SmallRun run = SmallRun.valid();
    Verdict register = searched(250.0, 3 << 19);
    Verdict set = searched(1250.0, 1 << 20);
    Verdict both =
        new Verdict(
            "all", Validity.VALID, "held", List.of(), Value.Mapping.EMPTY, List.of(register, set));

    RunSummary foreign =
        RunSummary.ofHistory("h.edn", Duration.ZERO, "linearizable", Path.of("h.edn"));
    TerminalReport report = new TerminalReport(Colour.NONE);

    assertThat(report.render(foreign, run.evidence(), both))
        .contains("Search      1.50 s, 1.5 MiB at most\n");
    assertThat(report.render(run.summary(), run.evidence(), both))
        .as("a run's page, which is the same each time")
        .doesNotContain("Search");
  }

  private static Verdict searched(double millis, long bytes) {
    Map<String, Value> figures = Map.of("time-ms", Value.of(millis), "peak-bytes", Value.of(bytes));
    return new Verdict(
        "linearizability",
        Validity.VALID,
        "held",
        List.of(),
        new Value.Mapping(figures),
        List.of());
  }

  @Test
  void usesColourOnlyWhenTold() {
    SmallRun run = SmallRun.invalid();
    String coloured =
        new TerminalReport(Colour.ANSI).render(run.summary(), run.evidence(), run.verdict());
    assertThat(coloured).contains("\u001b[31mINVALID\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain(run));
    assertThat(plain(run)).doesNotContain("\u001b");
  }

  @Test
  void letsNoRecordedTextMoveTheCursor() {
    Finding finding =
        new Finding(
            "odd",
            Severity.VIOLATION,
            "a\u001b[2Jb\rc\u202ed",
            "x\u0007\ny\u009b0m",
            List.of(),
            Value.Mapping.EMPTY);
    String page = plain(SmallRun.invalid().with(List.of(finding)));
    assertThat(page)
        .contains("a\\u001b[2Jb\\u000dc\\u202ed")
        .contains("    x\\u0007\n    y\\u009b0m\n");
    assertThat(page.chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
  }

  @Test
  void tellsTheGravestFindingsAndCountsTheRest() {
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(
          new Finding(
              "odd", Severity.VIOLATION, "finding " + i, "", List.of(), Value.Mapping.EMPTY));
    }
    assertThat(plain(SmallRun.invalid().with(many)))
        .contains("finding 7\n")
        .doesNotContain("finding 8\n")
        .contains("and 22 more of severity VIOLATION");
  }
}
