package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.explanation.Explanation.Attempt;
import io.shardquake.checkers.linearizability.explanation.Explanation.Candidate;
import io.shardquake.checkers.linearizability.explanation.Explanation.Core;
import io.shardquake.checkers.linearizability.explanation.Explanation.Impasse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An explanation in words, and as a finding. Immutable. */
public final class ExplanationText {
  private static final Pattern ROW = Pattern.compile("\\(row (\\d+)");

  /** How much of the linearizable prefix is shown: its end. */
  private static final int PREFIX_SHOWN = 12;

  /** How much of it the data holds: its end. */
  private static final int PREFIX_GIVEN = 1_000;

  private final History history;
  private final Explanation explanation;

  /**
   * Prepares the text.
   *
   * @param history the whole history that the explained object is part of
   */
  public ExplanationText(History history, Explanation explanation) {
    this.history = history;
    this.explanation = explanation;
  }

  /**
   * Names operations by their events in the history instead of their rows.
   *
   * @param why what an algorithm said, with names as of {@code ObjectHistory.named}
   */
  public static String withEvents(String why, History history) {
    return ROW.matcher(why)
        .replaceAll(
            match -> {
              int row = Integer.parseInt(match.group(1));
              return "(event " + history.invocationIndex(row);
            });
  }

  /** The explanation as a finding, with its words and its data. */
  public Finding finding() {
    List<Integer> proof =
        explanation.core().map(Core::operations).orElse(explanation.verdict().witness());
    return new Finding(
        "not-linearizable",
        Finding.Severity.VIOLATION,
        summary(),
        text(),
        proof.stream().map(this::event).sorted().toList(),
        data());
  }

  private String why() {
    return withEvents(explanation.verdict().why(), history);
  }

  private String summary() {
    Value key = explanation.history().key();
    String of = key.isNil() ? "" : "key " + key + ": ";
    return of
        + explanation
            .impasse()
            .map(impasse -> named(impasse.operation()) + " cannot be linearized")
            .orElse(why());
  }

  /** The explanation in words, several lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(why()).append(".\n");
    explanation.impasse().ifPresent(impasse -> tell(impasse, text));
    if (explanation.prefix().isEmpty()) {
      text.append("An order of what came before was not worked out.\n");
    } else {
      List<Integer> prefix = explanation.prefix();
      int from = Math.max(0, prefix.size() - PREFIX_SHOWN);
      text.append("One order of what came before it");
      text.append(from == 0 ? ":\n" : ", its last " + PREFIX_SHOWN + ":\n");
      prefix.subList(from, prefix.size()).forEach(op -> line(op, text));
    }
    explanation
        .core()
        .ifPresentOrElse(
            core -> tell(core, text),
            () ->
                text.append("A small part that is impossible by itself was not found in time.\n"));
    return text.toString();
  }

  private void tell(Impasse impasse, StringBuilder text) {
    text.append(
        (impasse.isFirst()
                ? "%,d returns can be linearized; the next one, of %s, cannot.%n"
                : "At most %,d returns can be linearized; the next one, of %s, cannot.%n")
            .formatted(impasse.returnsPassed(), named(impasse.operation())));
    text.append("Just before it, the object can be in these states only:\n");
    Set<String> told = new HashSet<>();
    for (Candidate candidate : impasse.candidates()) {
      if (told.add(candidate.state())) {
        text.append("  ").append(candidate.state()).append(": ");
        text.append(
            candidate.attempts().stream().map(this::told).collect(Collectors.joining("; ")));
        text.append('\n');
      }
    }
    int more = impasse.candidateCount() - impasse.candidates().size();
    if (more > 0) {
      text.append("  (%,d configurations more were not looked at)%n".formatted(more));
    }
  }

  private String told(Attempt attempt) {
    return attempt
            .first()
            .map(op -> "with " + explanation.history().toCall(op) + " first, ")
            .orElse("")
        + attempt.why();
  }

  private void tell(Core core, StringBuilder text) {
    text.append(
        core.fromAnyState()
            ? "This part is impossible by itself, whatever came before:\n"
            : "This part is impossible by itself, from the initial state:\n");
    core.operations().forEach(op -> line(op, text));
    if (!core.minimal()) {
      text.append("It may not be the smallest: time ran out.\n");
    }
  }

  private void line(int operation, StringBuilder text) {
    text.append("  ").append(named(operation)).append('\n');
  }

  private String named(int operation) {
    int row = explanation.history().row(operation);
    String until =
        history.isCompleted(row) ? Long.toString(history.completionIndex(row)) : "no completion";
    return "%s (process %d, events %d to %s)"
        .formatted(
            explanation.history().toCall(operation),
            history.process(row),
            history.invocationIndex(row),
            until);
  }

  private long event(int operation) {
    return history.invocationIndex(explanation.history().row(operation));
  }

  private Value.Mapping data() {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("key", explanation.history().key());
    data.put("analyzer", Value.of(explanation.verdict().analyzer()));
    data.put("why", Value.of(why()));
    data.put("witness", operations(explanation.verdict().witness()));
    explanation
        .impasse()
        .ifPresent(
            impasse -> {
              data.put("operation", operation(impasse.operation()));
              data.put("returns-passed", Value.of((long) impasse.returnsPassed()));
              data.put("first", Value.of(impasse.isFirst()));
              data.put("configurations", Value.of(candidates(impasse)));
              data.put("configuration-count", Value.of((long) impasse.candidateCount()));
            });
    List<Integer> prefix = explanation.prefix();
    data.put("prefix-length", Value.of((long) prefix.size()));
    data.put(
        "prefix",
        Value.of(
            prefix.subList(Math.max(0, prefix.size() - PREFIX_GIVEN), prefix.size()).stream()
                .map(this::indexed)
                .toList()));
    explanation
        .core()
        .ifPresent(
            core -> {
              data.put("core", operations(core.operations()));
              data.put("core-from-any-state", Value.of(core.fromAnyState()));
              data.put("core-minimal", Value.of(core.minimal()));
            });
    return new Value.Mapping(data);
  }

  private List<Value> candidates(Impasse impasse) {
    List<Value> candidates = new ArrayList<>();
    for (Candidate candidate : impasse.candidates()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("state", Value.of(candidate.state()));
      fields.put("pending", operations(candidate.pending()));
      fields.put("attempts", Value.of(candidate.attempts().stream().map(this::attempt).toList()));
      candidates.add(new Value.Mapping(fields));
    }
    return candidates;
  }

  private Value attempt(Attempt attempt) {
    Map<String, Value> fields = new LinkedHashMap<>();
    attempt.first().ifPresent(op -> fields.put("first", operation(op)));
    fields.put("state", Value.of(attempt.state()));
    fields.put("why", Value.of(attempt.why()));
    return new Value.Mapping(fields);
  }

  private Value operations(List<Integer> operations) {
    return Value.of(operations.stream().map(this::operation).collect(Collectors.toList()));
  }

  private Value indexed(int operation) {
    return Value.of(event(operation));
  }

  private Value operation(int operation) {
    int row = explanation.history().row(operation);
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("index", Value.of(event(operation)));
    fields.put("process", Value.of((long) history.process(row)));
    fields.put("function", Value.of(history.functionName(history.function(row))));
    fields.put("argument", history.argument(row));
    fields.put("result", history.result(row));
    fields.put("type", Value.of(history.type(row).name().toLowerCase(Locale.ROOT)));
    fields.put("time-ns", Value.of(history.invocationTimeNanos(row)));
    if (history.isCompleted(row)) {
      fields.put("completion-index", Value.of(history.completionIndex(row)));
      fields.put("completion-time-ns", Value.of(history.completionTimeNanos(row)));
    }
    return new Value.Mapping(fields);
  }
}
