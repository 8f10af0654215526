package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.statistics.ErrorStatistics;
import io.shardquake.checkers.statistics.RunStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The verdict as a page of text for a terminal. Stateless, thread-safe. */
public final class TerminalReport {
  private static final int FINDINGS_TOLD = 8;
  private static final int EXPLANATION_LINES = 24;
  private static final List<String> FILES =
      List.of("report.html", "verdict.json", "junit.xml", "history.jsonl", "logs");

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
   * Renders the page: verdict, reason, run, checkers, findings, faults, errors, files.
   *
   * @return text that ends with a line feed; control characters in recorded data are shown by their
   *     codes
   */
  public String render(RunSummary run, Evidence evidence, Verdict verdict) {
    RunStatistics statistics = RunStatistics.of(evidence.history());
    StringBuilder page = new StringBuilder();
    page.append(bold(coloured(verdict.validity()))).append("  ");
    page.append(VisibleText.of(run.name())).append('\n');
    page.append(VisibleText.of(verdict.reason())).append("\n\n");
    page.append(facts(run, statistics, verdict));
    section(page, "Checkers", checkers(verdict));
    section(page, "Findings", findings(verdict));
    section(page, "Faults", faults(run, evidence));
    section(page, "Errors", errors(run, statistics));
    section(page, "Files", files(run.runDirectory()));
    if (!run.commandLine().isEmpty()) {
      section(page, "Run it again", "  " + VisibleText.of(run.commandLine()) + "\n");
    }
    return page.toString();
  }

  private void section(StringBuilder page, String title, String content) {
    if (!content.isEmpty()) {
      page.append('\n').append(bold(title)).append('\n').append(content);
    }
  }

  private static String facts(RunSummary run, RunStatistics statistics, Verdict verdict) {
    TextTable table = new TextTable();
    if (!run.target().isEmpty()) {
      table.add("Target", VisibleText.of(join(run.target(), run.server())));
    }
    String seed = run.seed().map(s -> "seed " + s).orElse("");
    table.add("Contract", VisibleText.of(join(run.contract(), seed)));
    table.add("Operations", operations(run, statistics));
    if (statistics.ok() > 0 && isTimed(run)) {
      table.add(
          "Latency",
          "p50 %s, p99 %s, max %s"
              .formatted(
                  Figures.span(statistics.latency().p50()),
                  Figures.span(statistics.latency().p99()),
                  Figures.span(statistics.latency().max())));
    }
    if (run.commandLine().isEmpty()) {
      cost(verdict).ifPresent(cost -> table.add("Search", cost));
    }
    return table.text();
  }

  private static String operations(RunSummary run, RunStatistics statistics) {
    String outcomes =
        String.format(
            Locale.ROOT,
            "%s ok, %s fail, %s info",
            Figures.count(statistics.ok()),
            Figures.count(statistics.fail()),
            Figures.count(statistics.info()));
    String attempted = Figures.count(statistics.attempted());
    return isTimed(run)
        ? "%s in %s: %s; %s ok/s"
            .formatted(
                attempted,
                Figures.span(run.duration().toNanos()),
                outcomes,
                Figures.count(Math.round(statistics.okPerSecond())))
        : attempted + ": " + outcomes;
  }

  /** Histories of others may tell the order of events only. */
  private static boolean isTimed(RunSummary run) {
    return !run.duration().isZero();
  }

  /**
   * What the searches for linearizations took, if there were any. A run's page is without it: it
   * stays the same however often the run is judged.
   */
  private static Optional<String> cost(Verdict verdict) {
    List<Map<String, Value>> searches =
        leaves(verdict).stream()
            .map(part -> part.statistics().entries())
            .filter(figures -> figures.get("time-ms") instanceof Value.Real)
            .toList();
    if (searches.isEmpty()) {
      return Optional.empty();
    }
    double millis =
        searches.stream().mapToDouble(s -> ((Value.Real) s.get("time-ms")).value()).sum();
    long bytes =
        searches.stream().mapToLong(s -> ((Value.Int) s.get("peak-bytes")).value()).max().orElse(0);
    return Optional.of(
        "%s, %,.1f MiB at most"
            .formatted(Figures.span(Math.round(millis * 1e6)), bytes / (double) (1 << 20)));
  }

  private static String join(String first, String second) {
    return second.isEmpty() ? first : first + ", " + second;
  }

  private String checkers(Verdict verdict) {
    TextTable table = new TextTable();
    for (Verdict part : leaves(verdict)) {
      table.add(coloured(part.validity()), part.checker(), VisibleText.of(part.reason()));
    }
    return table.text();
  }

  /** The verdicts that were not merged from others. */
  static List<Verdict> leaves(Verdict verdict) {
    if (verdict.parts().isEmpty()) {
      return List.of(verdict);
    }
    return verdict.parts().stream().flatMap(part -> leaves(part).stream()).toList();
  }

  private static List<Finding> all(Verdict verdict) {
    List<Finding> findings = new ArrayList<>(verdict.findings());
    verdict.parts().forEach(part -> findings.addAll(all(part)));
    return findings;
  }

  private String findings(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    List<Finding> findings = all(verdict);
    for (Severity severity : List.of(Severity.VIOLATION, Severity.HAZARD)) {
      List<Finding> same = findings.stream().filter(f -> f.severity() == severity).toList();
      same.stream().limit(FINDINGS_TOLD).forEach(finding -> text.append(told(finding)));
      if (same.size() > FINDINGS_TOLD) {
        text.append(
            "  and %,d more of severity %s%n".formatted(same.size() - FINDINGS_TOLD, severity));
      }
    }
    Map<String, Long> notes =
        findings.stream()
            .filter(f -> f.severity() == Severity.NOTE)
            .collect(Collectors.groupingBy(Finding::kind, TreeMap::new, Collectors.counting()));
    if (!notes.isEmpty()) {
      text.append("  NOTE  ");
      text.append(
          notes.entrySet().stream()
              .map(note -> note.getKey() + " ×" + note.getValue())
              .collect(Collectors.joining(", ")));
      text.append('\n');
    }
    return text.toString();
  }

  private String told(Finding finding) {
    String word = finding.severity().name();
    boolean breaks = finding.severity() == Severity.VIOLATION;
    StringBuilder text = new StringBuilder("  ");
    text.append(breaks ? painted(word, "31") : painted(word, "33"));
    text.append("  ").append(VisibleText.of(finding.summary())).append('\n');
    List<String> lines = finding.explanation().lines().toList();
    lines.stream()
        .limit(EXPLANATION_LINES)
        .forEach(line -> text.append("    ").append(VisibleText.of(line)).append('\n'));
    if (lines.size() > EXPLANATION_LINES) {
      text.append(
          "    … (%,d more lines in the report)%n".formatted(lines.size() - EXPLANATION_LINES));
    }
    return text.toString();
  }

  private static String faults(RunSummary run, Evidence evidence) {
    Map<Integer, PlannedFault> planned = new TreeMap<>();
    run.plan().forEach(fault -> planned.put(fault.number(), fault));
    TextTable table = new TextTable();
    for (PlannedFault fault : planned.values()) {
      List<FaultEvent> events =
          evidence.faults().events().stream().filter(e -> e.fault() == fault.number()).toList();
      table.add(
          "#" + fault.number(),
          fault.kind(),
          VisibleText.of(fault.where()),
          String.join(" ", nodes(events)),
          events.isEmpty() ? "never fired" : VisibleText.of(story(events)));
    }
    return table.text();
  }

  private static List<String> nodes(List<FaultEvent> events) {
    return events.stream().flatMap(e -> e.nodes().stream()).distinct().toList();
  }

  /** The steps of a fault's life that say how it went. */
  private static String story(List<FaultEvent> events) {
    return events.stream()
        .map(
            event ->
                switch (event.phase()) {
                  case BIT -> "bit at " + Figures.at(event.timeNanos());
                  case MISSED -> "had no effect: " + event.detail();
                  case SKIPPED -> "skipped: " + event.detail();
                  case HEALED -> "healed at " + Figures.at(event.timeNanos());
                  case HEAL_FAILED -> "not healed: " + event.detail();
                  case INJECT, HEAL -> "";
                })
        .filter(step -> !step.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String errors(RunSummary run, RunStatistics statistics) {
    TextTable table = new TextTable();
    for (ErrorStatistics error : statistics.errors()) {
      table.add(
          VisibleText.of(error.error()),
          error.outcome().name().toLowerCase(Locale.ROOT),
          Figures.count(error.count()),
          Figures.percent(error.count(), statistics.attempted()),
          isTimed(run)
              ? Figures.at(error.firstNanos()) + " to " + Figures.at(error.lastNanos())
              : "");
    }
    return table.text();
  }

  private static String files(Path directory) {
    StringBuilder text = new StringBuilder();
    for (String name : FILES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        text.append("  ").append(VisibleText.of(file.toString())).append('\n');
      }
    }
    return text.isEmpty() ? "  " + VisibleText.of(directory.toString()) + "\n" : text.toString();
  }

  private String coloured(Validity validity) {
    return painted(
        validity.name(),
        switch (validity) {
          case VALID -> "32";
          case UNKNOWN -> "33";
          case INVALID -> "31";
        });
  }

  private String bold(String text) {
    return painted(text, "1");
  }

  private String painted(String text, String code) {
    return colour == Colour.ANSI ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
