package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.explanation.Explanation.Attempt;
import io.shardquake.checkers.linearizability.explanation.Explanation.Candidate;
import io.shardquake.checkers.linearizability.explanation.Explanation.Impasse;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.search.DeadEnd;
import io.shardquake.checkers.linearizability.search.Linearization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Works out an {@link Explanation}. One use, one thread. */
public final class Explainer {
  /** How many candidates, and attempts of each, are given. */
  private static final int MOST = 10;

  private final ObjectHistory history;
  private final Model initial;
  private final Duration time;
  private final SearchLimits limits;

  /**
   * @param time how long it may take
   * @param memoryLimits limits that hold besides, for memory and cancellation
   */
  public Explainer(ObjectHistory history, Model initial, Duration time, SearchLimits memoryLimits) {
    this.history = history;
    this.initial = initial;
    this.time = time;
    this.limits = memoryLimits.attempt(time);
  }

  /** Explains a verdict on this history; what is not found in time is left out. */
  public Explanation explain(Analysis.Invalid verdict) {
    Optional<DeadEnd> deadEnd =
        DeadEnd.find(history, initial, limits.attempt(time.dividedBy(3)), MOST);
    int end =
        deadEnd
            .map(found -> history.returned(found.operation()))
            .orElseGet(() -> lastReturn(verdict));
    return new Explanation(
        history,
        verdict,
        deadEnd.map(this::impasse),
        deadEnd.map(found -> prefix(end)).orElse(List.of()),
        new CoreSearch(history, initial, end, time, limits).find());
  }

  /** By when the contradiction must have shown; a search alone cannot tell. */
  private int lastReturn(Analysis.Invalid verdict) {
    return verdict.witness().size() == 1
        ? ObjectHistory.NEVER
        : verdict.witness().stream().mapToInt(history::returned).max().getAsInt();
  }

  private List<Integer> prefix(int end) {
    int[] called =
        IntStream.range(0, history.size()).filter(op -> history.call(op) < end).toArray();
    ObjectHistory part = history.part(called, op -> history.returned(op) >= end);
    return Linearization.find(part, initial, limits.attempt(time.dividedBy(3))).orElse(List.of());
  }

  private Impasse impasse(DeadEnd end) {
    return new Impasse(
        end.operation(),
        end.returnsPassed(),
        end.configurations().stream()
            .map(configuration -> candidate(end.operation(), configuration))
            .toList(),
        end.configurationCount());
  }

  private Candidate candidate(int impossible, DeadEnd.FinalConfiguration configuration) {
    Model state = configuration.state();
    List<Attempt> possible = new ArrayList<>();
    List<Attempt> impossibleFirst = new ArrayList<>();
    Set<Call> tried = new HashSet<>();
    possible.add(attempt(Optional.empty(), state, impossible));
    for (int op : configuration.pending()) {
      if (initial.effect(call(op)) != Effect.OBSERVES && tried.add(call(op))) {
        Step step = state.step(call(op));
        if (step instanceof Step.To to && !to.next().equals(state)) {
          possible.add(attempt(Optional.of(op), to.next(), impossible));
        } else if (step instanceof Step.Inconsistent not) {
          impossibleFirst.add(new Attempt(Optional.of(op), state.toString(), not.why()));
        }
      }
    }
    List<Attempt> attempts =
        Stream.concat(possible.stream(), impossibleFirst.stream()).limit(MOST).toList();
    return new Candidate(state.toString(), configuration.pending(), attempts);
  }

  private Attempt attempt(Optional<Integer> first, Model state, int impossible) {
    String why =
        state.step(call(impossible)) instanceof Step.Inconsistent not
            ? not.why()
            : "what would follow is impossible";
    return new Attempt(first, state.toString(), why);
  }

  private Call call(int op) {
    return initial.simplified(history.toCall(op));
  }
}
