package io.shardquake.reports.sample;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.coverage.CoverageChecker;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.placement.PlacementChecker;
import io.shardquake.checkers.statistics.StatisticsChecker;
import io.shardquake.reports.PlannedFault;
import io.shardquake.reports.RunSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run with a failover that loses a write, a node that comes back with an old view, a migration
 * and keys chosen to break a page.
 */
public record SampleRun(RunSummary summary, Evidence evidence, Verdict verdict) {
  private static final long MS = 1_000_000;

  /** The same run for the same arguments, to the byte. */
  public static SampleRun of(int operations, Path directory) {
    SampleTraffic.Recorded recorded = SampleTraffic.record(7, operations);
    Evidence evidence =
        new Evidence(recorded.history(), SampleCluster.topology(), new FaultLog(faults()));
    return new SampleRun(summary(directory), evidence, verdict(recorded, evidence));
  }

  private static RunSummary summary(Path directory) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("shardquake", "0.1.0");
    versions.put("java", "17.0.15 (Debian)");
    versions.put("os", "Linux 6.1 amd64");
    return new RunSummary(
        "redis-register",
        "shardquake run --target redis --contract linearizable --time 60s --seed 7",
        Optional.of(7L),
        "redis",
        "Redis server v=7.0.15 bits=64, sha256:8f14e45fceea167a5a36dedd4bea2543",
        versions,
        Optional.of(Instant.parse("2026-03-01T02:30:00Z")),
        Duration.ofMillis(SampleCluster.END),
        "linearizable",
        List.of(
            new PlannedFault(0, "kill", "master-of(slot 0)", 12_000 * MS, 15_000 * MS),
            new PlannedFault(1, "pause", "random-master", 33_000 * MS, 6_000 * MS),
            new PlannedFault(2, "partition", "minority", 42_000 * MS, 3_000 * MS),
            new PlannedFault(3, "restart", "replica-of(n3)", 52_000 * MS, 0)),
        directory);
  }

  private static List<FaultEvent> faults() {
    return List.of(
        event(12_000, 0, Phase.INJECT, "kill", "n1", "master-of(slot 0) is n1"),
        event(12_004, 0, Phase.BIT, "kill", "n1", "process 4711 is gone"),
        event(27_000, 0, Phase.HEAL, "kill", "n1", "starting n1 again"),
        event(27_120, 0, Phase.HEALED, "kill", "n1", "n1 answers PING as process 4890"),
        event(33_000, 1, Phase.INJECT, "pause", "n2", "random-master is n2"),
        event(33_002, 1, Phase.BIT, "pause", "n2", "process 4712 is in state T"),
        event(39_000, 1, Phase.HEAL, "pause", "n2", "resuming n2"),
        event(39_001, 1, Phase.HEALED, "pause", "n2", "process 4712 runs"),
        event(42_000, 2, Phase.SKIPPED, "partition", "", "this target cannot cut links"),
        event(52_000, 3, Phase.INJECT, "restart", "n6", "replica-of(n3) is n6"),
        event(52_900, 3, Phase.MISSED, "restart", "n6", "n6 answered throughout"),
        event(56_000, -1, Phase.HEAL, "heal", "", "healing everything"),
        event(56_010, -1, Phase.HEALED, "heal", "", "all nodes run"));
  }

  private static FaultEvent event(
      long millis, int fault, Phase phase, String kind, String node, String detail) {
    List<String> nodes = node.isEmpty() ? List.of() : List.of(node);
    return new FaultEvent(millis * MS, fault, phase, kind, nodes, detail, Value.Mapping.EMPTY);
  }

  private static Verdict verdict(SampleTraffic.Recorded recorded, Evidence evidence) {
    List<Finding> findings =
        recorded.lostWrite().isEmpty() ? List.of() : List.of(lostWrite(recorded.lostWrite()));
    Verdict linearizability =
        new Verdict(
            "linearizable",
            findings.isEmpty() ? Validity.VALID : Validity.INVALID,
            findings.isEmpty() ? "every key is linearizable" : "1 of 53 keys is not linearizable",
            findings,
            Value.Mapping.EMPTY,
            List.of());
    List<Verdict> parts = new ArrayList<>(List.of(linearizability));
    for (Checker checker :
        List.of(new CoverageChecker(), new PlacementChecker(), new StatisticsChecker())) {
      parts.add(checker.check(evidence, Limits.DEFAULT));
    }
    return Verdict.merge("redis-register", parts);
  }

  private static Finding lostWrite(List<Long> operations) {
    return new Finding(
        "not-linearizable",
        Finding.Severity.VIOLATION,
        "a read returned what an acknowledged write had replaced",
        """
        The last write was acknowledged by n1 before n1 was killed.
        n4, which took over, answered the read with the value before it.
        No order of these operations explains both answers.""",
        operations,
        new Value.Mapping(searched(operations)));
  }

  /** What a search would tell: both writes can be put in order, and then the read fits nowhere. */
  private static Map<String, Value> searched(List<Long> operations) {
    Value attempt = new Value.Mapping(Map.of("why", Value.of("the register holds a later value")));
    Map<String, Value> configuration = new LinkedHashMap<>();
    configuration.put("state", Value.of("after the last write"));
    configuration.put("attempts", Value.of(List.of(attempt)));
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("operation", new Value.Mapping(Map.of("index", Value.of(operations.get(2)))));
    data.put("prefix", Value.pair(Value.of(operations.get(0)), Value.of(operations.get(1))));
    data.put("configurations", Value.of(List.of(new Value.Mapping(configuration))));
    return data;
  }
}
