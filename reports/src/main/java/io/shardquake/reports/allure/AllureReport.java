package io.shardquake.reports.allure;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.reports.Report;
import io.shardquake.reports.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code allure-results/}: an experiment as one result of Allure's. Its steps are the faults, its
 * attachments the verdict, the page and the harness's log; to be written after these.
 */
public final class AllureReport implements Report {
  private static final int MOST_FINDINGS = 10;

  @Override
  public String fileName() {
    return "allure-results";
  }

  @Override
  public void write(RunSummary run, Evidence evidence, Verdict verdict, Path file)
      throws IOException {
    long zero = run.start().orElse(Instant.EPOCH).toEpochMilli();
    AllureDirectory.open(file)
        .add(
            new AllureResult(
                "experiment " + run.name() + " on " + run.target() + ", " + run.contract(),
                run.name(),
                verdict.validity(),
                false,
                message(verdict),
                zero,
                zero + run.duration().toMillis(),
                labels(run),
                parameters(run),
                steps(evidence, zero),
                attachments(run)));
  }

  private static String message(Verdict verdict) {
    StringBuilder message = new StringBuilder(verdict.reason());
    findings(verdict).stream()
        .filter(finding -> finding.severity() != Finding.Severity.NOTE)
        .limit(MOST_FINDINGS)
        .forEach(finding -> message.append('\n').append(finding.summary()));
    return message.toString();
  }

  private static List<Finding> findings(Verdict verdict) {
    List<Finding> findings = new ArrayList<>(verdict.findings());
    verdict.parts().forEach(part -> findings.addAll(findings(part)));
    return findings;
  }

  private static Map<String, String> labels(RunSummary run) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("framework", "shardquake");
    labels.put("language", "java");
    labels.put("parentSuite", "experiments");
    labels.put("suite", run.target());
    labels.put("subSuite", run.contract());
    labels.put("guarantee", run.contract());
    labels.put("target", run.target());
    run.seed().ifPresent(seed -> labels.put("seed", seed.toString()));
    return labels;
  }

  private static Map<String, String> parameters(RunSummary run) {
    Map<String, String> parameters = new LinkedHashMap<>();
    run.seed().ifPresent(seed -> parameters.put("seed", seed.toString()));
    parameters.put("server", run.server());
    parameters.put("command", run.commandLine());
    return parameters;
  }

  private static List<AllureResult.Step> steps(Evidence evidence, long zero) {
    List<AllureResult.Step> steps = new ArrayList<>();
    for (FaultEvent event : evidence.faults().events()) {
      if (event.phase() != Phase.INJECT && event.phase() != Phase.HEAL) {
        long time = zero + event.timeNanos() / 1_000_000;
        boolean fine = event.phase() == Phase.BIT || event.phase() == Phase.HEALED;
        steps.add(new AllureResult.Step(describe(event), fine, time, time));
      }
    }
    return steps;
  }

  private static String describe(FaultEvent event) {
    String what =
        switch (event.phase()) {
          case INJECT -> "begins";
          case BIT -> "bit";
          case MISSED -> "had no effect";
          case SKIPPED -> "was left out";
          case HEAL -> "is being healed";
          case HEALED -> "was healed";
          case HEAL_FAILED -> "could not be healed";
        };
    return event.kind()
        + " "
        + what
        + (event.nodes().isEmpty() ? "" : " on " + String.join(", ", event.nodes()))
        + (event.detail().isEmpty() ? "" : ": " + event.detail());
  }

  private static Map<String, Path> attachments(RunSummary run) {
    Map<String, Path> attachments = new LinkedHashMap<>();
    attachments.put("verdict", run.runDirectory().resolve("verdict.json"));
    attachments.put("report", run.runDirectory().resolve("report.html"));
    attachments.put("harness log", run.runDirectory().resolve("logs").resolve("harness.log"));
    return attachments;
  }
}
