package io.shardquake.reports;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of three operations, small enough to write down what its reports must say. */
record SmallRun(RunSummary summary, Evidence evidence, Verdict verdict) {
  private static final long MS = 1_000_000;

  static SmallRun invalid() {
    return new SmallRun(described(), recorded(), verdict(Validity.INVALID, List.of(violation())));
  }

  static SmallRun unknown() {
    return new SmallRun(described(), recorded(), verdict(Validity.UNKNOWN, List.of()));
  }

  static SmallRun valid() {
    return new SmallRun(described(), recorded(), verdict(Validity.VALID, List.of()));
  }

  /** The same run with other findings. */
  SmallRun with(List<Finding> findings) {
    return new SmallRun(summary, evidence, verdict(Validity.INVALID, findings));
  }

  private static RunSummary described() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("shardquake", "0.1.0");
    versions.put("java", "17.0.15");
    return new RunSummary(
        "small",
        "shardquake run --target redis --seed 7",
        Optional.of(Long.MAX_VALUE),
        "redis",
        "Redis server v=7.0.15",
        versions,
        Optional.of(Instant.parse("2026-03-01T02:30:00Z")),
        Duration.ofSeconds(2),
        "linearizable",
        List.of(
            new PlannedFault(0, "kill", "master-of(slot 0)", 500 * MS, 900 * MS),
            new PlannedFault(1, "pause", "random-master", 1800 * MS, 0)),
        Path.of("runs", "small"));
  }

  private static Evidence recorded() {
    Attribution n1 = new Attribution(List.of("n1"), 0);
    History history =
        new History.Builder()
            .invoke(new Invocation(0, 100 * MS, 0, "write", Value.of("k"), Value.of(1)))
            .complete(0, new Completion.Ok(1, 102 * MS, Value.of(1), n1))
            .invoke(new Invocation(2, 600 * MS, 0, "read", Value.of("k"), Value.nil()))
            .complete(0, new Completion.Info(3, 1600 * MS, "timeout", n1))
            .invoke(new Invocation(4, 1700 * MS, 1, "read", Value.of("k"), Value.nil()))
            .complete(1, new Completion.Ok(5, 1701 * MS, Value.nil(), n1))
            .build();
    return new Evidence(
        history,
        TopologyLog.EMPTY,
        new FaultLog(
            List.of(
                fault(500, Phase.INJECT, "master-of(slot 0) is n1"),
                fault(502, Phase.BIT, "process 4711 is gone"),
                fault(1400, Phase.HEAL, "starting n1"),
                fault(1450, Phase.HEALED, "n1 answers"))));
  }

  private static FaultEvent fault(long millis, Phase phase, String detail) {
    return new FaultEvent(
        millis * MS, 0, phase, "kill", List.of("n1"), detail, Value.Mapping.EMPTY);
  }

  static Finding violation() {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("key", Value.of("k"));
    data.put("ratio", Value.of(0.5));
    data.put("states", Value.of(List.of(Value.nil(), new Value.Keyword("ok"), Value.of(true))));
    return new Finding(
        "lost-write",
        Severity.VIOLATION,
        "an acknowledged write is gone",
        "Written by process 0.\nNot seen by process 1.",
        List.of(0L, 4L),
        new Value.Mapping(data));
  }

  private static Verdict verdict(Validity validity, List<Finding> findings) {
    String reason =
        switch (validity) {
          case VALID -> "every key is linearizable";
          case UNKNOWN -> "out of time after 12 of 53 keys";
          case INVALID -> "1 of 53 keys is not linearizable";
        };
    Finding note =
        new Finding(
            "slot-uncovered",
            Severity.NOTE,
            "slot 7 had no owner for 0.250 s",
            "",
            List.of(),
            Value.Mapping.EMPTY);
    return Verdict.merge(
        "experiment",
        List.of(
            new Verdict("linearizable", validity, reason, findings, Value.Mapping.EMPTY, List.of()),
            new Verdict(
                "slot-coverage",
                Validity.VALID,
                "at the end all nodes agree",
                List.of(note),
                new Value.Mapping(Map.of("samples", Value.of(12))),
                List.of())));
  }
}
