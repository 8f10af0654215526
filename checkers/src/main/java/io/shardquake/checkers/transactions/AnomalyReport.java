package io.shardquake.checkers.transactions;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Collects anomalies, counts them, tells a few of each kind, and makes the verdict. */
final class AnomalyReport implements AnomalySink {
  /** How many cycles are looked for. */
  static final int MOST_CYCLES = 1_000;

  /** How many of each kind are told. */
  private static final int TOLD = 4;

  private final String checker;
  private final TransactionLog log;
  private final IsolationLevel demanded;
  private final Map<Anomaly, Integer> counts = new EnumMap<>(Anomaly.class);
  private final Map<Anomaly, List<Finding>> findings = new EnumMap<>(Anomaly.class);

  AnomalyReport(String checker, TransactionLog log, IsolationLevel demanded) {
    this.checker = checker;
    this.log = log;
    this.demanded = demanded;
  }

  @Override
  public void found(Anomaly anomaly, String what, int... transactions) {
    if (counts.merge(anomaly, 1, Integer::sum) <= TOLD) {
      String let = new TransactionText(log, transactions).let();
      add(anomaly, what, let, transactions, List.of());
    }
  }

  /** Takes a cycle. */
  void found(Cycle cycle, VersionOrders orders) {
    Anomaly anomaly = cycle.anomaly();
    if (counts.merge(anomaly, 1, Integer::sum) <= TOLD) {
      CycleText text = new CycleText(log, orders, cycle);
      add(anomaly, text.summary(), text.argument(), cycle.transactions(), text.steps());
    }
  }

  private void add(
      Anomaly anomaly, String what, String explanation, int[] transactions, List<Value> steps) {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("anomaly", Value.of(anomaly.toString()));
    data.put(
        "weakest-levels-broken",
        Value.of(
            anomaly.weakestBroken().stream().map(level -> Value.of(level.toString())).toList()));
    data.put(
        "transactions",
        Value.of(IntStream.of(transactions).mapToObj(t -> Value.of(event(t))).toList()));
    if (!steps.isEmpty()) {
      data.put("steps", Value.of(steps));
    }
    findings
        .computeIfAbsent(anomaly, key -> new ArrayList<>())
        .add(
            new Finding(
                anomaly.toString().toLowerCase(Locale.ROOT),
                anomaly.breaks(demanded) ? Finding.Severity.VIOLATION : Finding.Severity.HAZARD,
                anomaly + ": " + what,
                explanation,
                IntStream.of(transactions).mapToObj(this::event).distinct().sorted().toList(),
                new Value.Mapping(data)));
  }

  private long event(int transaction) {
    return log.history().invocationIndex(log.row(transaction));
  }

  /**
   * The verdict on all that was found.
   *
   * @param limit met before all was looked at, if one was
   */
  Verdict verdict(Optional<String> limit) {
    boolean broken = counts.keySet().stream().anyMatch(anomaly -> anomaly.breaks(demanded));
    Validity validity =
        broken ? Validity.INVALID : limit.isPresent() ? Validity.UNKNOWN : Validity.VALID;
    List<Finding> told =
        findings.values().stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Finding::severity).reversed())
            .toList();
    return new Verdict(checker, validity, reason(validity, limit), told, statistics(), List.of());
  }

  private String reason(Validity validity, Optional<String> limit) {
    String seen =
        counts.isEmpty()
            ? "no anomaly in %,d transactions".formatted(log.size())
            : "weakest level broken: %s; %s".formatted(weakestBroken(), listed());
    return switch (validity) {
      case VALID -> counts.isEmpty() ? seen : demanded + " held; " + seen;
      case INVALID -> seen;
      case UNKNOWN -> "undecided: " + limit.orElse("") + "; so far " + seen;
    };
  }

  private String listed() {
    List<String> listed = new ArrayList<>();
    counts.forEach((anomaly, count) -> listed.add("%,d × %s".formatted(count, anomaly)));
    return String.join(", ", listed);
  }

  private String weakestBroken() {
    return counts.keySet().stream()
        .flatMap(anomaly -> anomaly.weakestBroken().stream())
        .min(Comparator.naturalOrder())
        .map(IsolationLevel::toString)
        .orElse("none");
  }

  /** The levels that held, less those which others of them include. */
  private String strongestHeld() {
    List<IsolationLevel> held =
        Arrays.stream(IsolationLevel.values())
            .filter(level -> counts.keySet().stream().noneMatch(anomaly -> anomaly.breaks(level)))
            .toList();
    Stream<String> strongest =
        held.stream()
            .filter(level -> held.stream().noneMatch(more -> more != level && more.implies(level)))
            .map(IsolationLevel::toString);
    return held.isEmpty() ? "none" : String.join(", ", strongest.toList());
  }

  private Value.Mapping statistics() {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("transactions", Value.of(log.size()));
    figures.put("lists", Value.of(log.lists()));
    figures.put("demanded", Value.of(demanded.toString()));
    figures.put("weakest-broken", Value.of(weakestBroken()));
    figures.put("strongest-held", Value.of(strongestHeld()));
    Map<String, Value> found = new LinkedHashMap<>();
    counts.forEach((anomaly, count) -> found.put(anomaly.toString(), Value.of((long) count)));
    figures.put("anomalies", new Value.Mapping(found));
    return new Value.Mapping(figures);
  }
}
