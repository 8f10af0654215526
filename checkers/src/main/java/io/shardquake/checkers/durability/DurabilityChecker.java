package io.shardquake.checkers.durability;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityCheck;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.ObjectResult;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.topology.KeySlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Holds registers with unique values to what Redis Cluster promises of acknowledged writes: that
 * none is lost without a failover; that a failover loses none which was acknowledged longer before
 * the failure than replication may lag; and that what it loses is the end of the master's
 * replication stream, without holes. See {@code docs/durability.md} for the model and the argument.
 *
 * <p>The registers start from nil. A key of which some operation cannot be attributed to an owner
 * of its slot, and which is not linearizable either, leaves the verdict UNKNOWN.
 */
public final class DurabilityChecker implements Checker {
  public static final String NAME = "durability";

  /** So many keys are told of in full for each kind of finding; the others are counted. */
  private static final int TOLD = 5;

  private final Allowance allowed;

  public DurabilityChecker(Allowance allowed) {
    this.allowed = allowed;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    if (history.size() == 0) {
      return Verdict.of(NAME, Validity.UNKNOWN, "the history holds no operation");
    }
    return new Review(evidence, limits).verdict();
  }

  /** The work on one history. */
  private final class Review {
    private final History history;
    private final List<ObjectResult> objects;
    private final Tenures tenures;
    private final Disruptions faults;
    private final Holes holes;
    private final SharedCuts shared;
    private final KeyJudge judge;
    private final Map<Integer, List<Cut>> cuts = new TreeMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();
    private long spanning;

    Review(Evidence evidence, Limits limits) {
      this.history = evidence.history();
      LinearizabilityOptions options =
          LinearizabilityOptions.of(Models.casRegister(Value.nil())).withLimits(limits);
      this.objects = LinearizabilityCheck.run(history, options).objects();
      this.tenures = new Tenures(evidence.topology().timeline());
      this.faults = Disruptions.of(evidence.faults());
      this.holes = new Holes(history);
      this.shared = new SharedCuts(history, tenures, allowed);
      this.judge = new KeyJudge(history, faults, allowed);
    }

    Verdict verdict() {
      for (int key = 0; key < history.keyCount(); key++) {
        examine(key, objects.get(key).validity());
      }
      List<Finding> findings = new ArrayList<>(holes.findings());
      findings.addAll(shared.findings(holes));
      for (Loss.Kind kind : Loss.Kind.values()) {
        List<Loss> same = losses.stream().filter(loss -> loss.kind() == kind).toList();
        if (!same.isEmpty()) {
          findings.add(finding(kind, same));
        }
      }
      findings.sort((a, b) -> b.severity().compareTo(a.severity()));
      Validity validity = validity(findings);
      return new Verdict(
          NAME, validity, reason(validity, findings), findings, statistics(), List.of());
    }

    private void examine(int key, Validity linearizable) {
      Value name = history.keyValue(key);
      OptionalInt slot = KeySlot.of(name);
      if (slot.isEmpty()) {
        undecided.add(name + " has no slot");
        return;
      }
      List<Cut> own =
          cuts.computeIfAbsent(slot.getAsInt(), s -> KeyStory.cuts(s, tenures, faults, allowed));
      if (linearizable == Validity.VALID && own.isEmpty()) {
        return;
      }
      try {
        KeyStory story = KeyStory.of(history, key, tenures.of(slot.getAsInt()), own);
        spanning += own.isEmpty() ? 0 : 1;
        holes.add(story);
        if (linearizable == Validity.VALID) {
          shared.add(key, own, false);
        } else {
          Loss loss = judge.judge(name, story);
          losses.add(loss);
          if (!loss.kind().breaksPromise()) {
            shared.add(key, own, true);
          }
        }
      } catch (UndecidedException e) {
        if (linearizable != Validity.VALID) {
          undecided.add(name + ": " + e.getMessage());
        }
      }
    }

    private Validity validity(List<Finding> findings) {
      if (findings.stream().anyMatch(finding -> finding.severity() == Severity.VIOLATION)) {
        return Validity.INVALID;
      }
      return undecided.isEmpty() ? Validity.VALID : Validity.UNKNOWN;
    }

    private String reason(Validity validity, List<Finding> findings) {
      if (validity == Validity.UNKNOWN) {
        return undecided.get(0) + " (%,d of %,d keys)".formatted(undecided.size(), objects.size());
      }
      if (!findings.isEmpty()) {
        return findings.get(0).summary();
      }
      return "no acknowledged write of %,d keys was seen to be lost".formatted(objects.size());
    }

    private Finding finding(Loss.Kind kind, List<Loss> same) {
      List<Integer> lost = same.stream().flatMap(loss -> loss.lost().stream()).toList();
      long window = same.stream().mapToLong(Loss::windowNanos).max().orElse(0);
      StringBuilder argument = new StringBuilder();
      same.stream()
          .limit(TOLD)
          .forEach(
              loss ->
                  argument.append(loss.key()).append(": ").append(loss.argument()).append('\n'));
      if (same.size() > TOLD) {
        argument.append("%,d more keys.".formatted(same.size() - TOLD));
      }
      Map<String, Value> data = new LinkedHashMap<>();
      data.put("keys", Value.of(same.stream().limit(TOLD).map(Loss::key).toList()));
      data.put("keyCount", Value.of(same.size()));
      data.put("lostWrites", Value.of(lost.size()));
      data.put("windowNanos", Value.of(window));
      data.put("allowedNanos", Value.of(allowed.replicationLag().toNanos()));
      return new Finding(
          kind.text(),
          kind.breaksPromise() ? Severity.VIOLATION : Severity.HAZARD,
          LossText.summary(kind, same.size(), lost.size(), window, allowed),
          argument.toString().strip(),
          lost.stream().limit(20).map(history::invocationIndex).toList(),
          new Value.Mapping(data));
    }

    private Value.Mapping statistics() {
      Map<String, Value> figures = new LinkedHashMap<>();
      figures.put("keys", Value.of(objects.size()));
      figures.put("keysOfFailedOverSlots", Value.of(spanning));
      figures.put(
          "failovers",
          Value.of(
              cuts.values().stream().flatMap(List::stream).map(Cut::event).distinct().count()));
      figures.put("lostWrites", Value.of(losses.stream().mapToInt(l -> l.lost().size()).sum()));
      figures.put(
          "windowNanos", Value.of(losses.stream().mapToLong(Loss::windowNanos).max().orElse(0)));
      figures.put("undecidedKeys", Value.of(undecided.size()));
      return new Value.Mapping(figures);
    }
  }
}
