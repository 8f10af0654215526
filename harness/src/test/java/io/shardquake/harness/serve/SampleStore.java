package io.shardquake.harness.serve;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.certify.Certificate;
import io.shardquake.harness.certify.Certificate.PromiseEntry;
import io.shardquake.harness.certify.Certificate.Subject;
import io.shardquake.harness.certify.Certificate.TrialEntry;
import io.shardquake.harness.certify.CertificateJson;
import io.shardquake.harness.conformance.Outcome;
import io.shardquake.reports.HtmlReport;
import io.shardquake.reports.Report;
import io.shardquake.reports.RunSummary;
import io.shardquake.reports.VerdictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory with two runs, one that nobody judged, and two certificates. */
public final class SampleStore {
  public static final String LOST = "20260102T030405Z-lost";
  public static final String KEPT = "20260102T030500Z-kept";
  public static final String UNJUDGED = "20260102T030600Z-killed";
  public static final String OLD = "20260102T040000Z-redis";
  public static final String NEW = "20260102T050000Z-redis";

  /** What somebody could choose as a key to have it run in a reader's browser. */
  public static final String HOSTILE = "<img src=x onerror=\"window.pwned=1\">";

  private SampleStore() {}

  /** Writes it. */
  public static void write(Path root) throws IOException {
    Finding lost =
        new Finding(
            "lost-write",
            Severity.VIOLATION,
            "write of 5 to key " + HOSTILE + " was lost",
            "",
            List.of(),
            Value.Mapping.EMPTY);
    run(
        root.resolve(LOST),
        7,
        new Verdict(
            "experiment",
            Validity.INVALID,
            "durability: 1 write was lost",
            List.of(lost),
            Value.Mapping.EMPTY,
            List.of()));
    run(root.resolve(KEPT), 8, Verdict.of("experiment", Validity.VALID, "redis-cluster was kept"));
    Path unjudged = Files.createDirectories(root.resolve(UNJUDGED));
    Files.writeString(unjudged.resolve("history.jsonl"), "");
    certificate(root.resolve(OLD), "7.0.2", Outcome.BROKEN);
    certificate(root.resolve(NEW), "7.0.15", Outcome.KEPT);
    Files.createDirectories(root.resolve("no-run"));
    Files.writeString(root.resolve("secret.txt"), "not for serving");
    Files.createSymbolicLink(root.resolve(KEPT).resolve("link.txt"), Path.of("../secret.txt"));
  }

  private static void run(Path directory, long seed, Verdict verdict) throws IOException {
    Files.createDirectories(directory.resolve("logs"));
    Files.writeString(directory.resolve("logs/n1.log"), "a log of " + HOSTILE + "\n");
    Files.writeString(directory.resolve("history.jsonl"), "");
    RunSummary summary =
        new RunSummary(
            "mixed",
            "./shardquake run --seed " + seed,
            Optional.of(seed),
            "redis",
            "redis 7.0.15 (build 1), /usr/bin/redis-server",
            Map.of("harness", "0.1.0"),
            Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
            Duration.ofSeconds(15),
            "redis-cluster",
            List.of(),
            directory);
    for (Report report : List.of(new VerdictJson(), new HtmlReport())) {
      report.write(
          summary,
          Evidence.of(new History.Builder().build()),
          verdict,
          directory.resolve(report.fileName()));
    }
  }

  private static void certificate(Path directory, String version, Outcome b07) throws IOException {
    Files.createDirectories(directory);
    Subject subject =
        new Subject(
            "redis",
            version,
            "",
            "",
            "redis",
            "3 masters",
            "redis-7",
            "quick",
            "2026-01-02T04:00:00Z",
            "0.1.0");
    Certificate certificate =
        new Certificate(
            subject,
            List.of(
                new PromiseEntry("A01", Outcome.KEPT, "", "", ""),
                new PromiseEntry("B07", b07, b07 == Outcome.KEPT ? "" : HOSTILE, "", "")),
            List.of(new TrialEntry("kill", 101, Validity.VALID, "kept", "experiments/x", "")));
    Files.writeString(directory.resolve(CertificateJson.FILE), CertificateJson.render(certificate));
  }
}
