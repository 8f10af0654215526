package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.explanation.Explanation.Attempt;
import io.shardquake.checkers.linearizability.explanation.Explanation.Candidate;
import io.shardquake.checkers.linearizability.explanation.Explanation.Core;
import io.shardquake.checkers.linearizability.explanation.Explanation.Impasse;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.search.DeadEnd;
import io.shardquake.checkers.linearizability.search.Linearization;
import io.shardquake.checkers.linearizability.unique.NearLinear;
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

  /** Rank of an event by which the contradiction shows. */
  private int end;

  private Optional<Impasse> impasse = Optional.empty();
  private Optional<List<Integer>> prefix = Optional.empty();
  private Optional<Core> core = Optional.empty();

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
    end = lastReturn(verdict);
    untilLimit(this::findImpasse);
    untilLimit(this::findCore);
    return new Explanation(history, verdict, impasse, prefix.orElse(List.of()), core);
  }

  private static void untilLimit(Runnable search) {
    try {
      search.run();
    } catch (SearchEndedException ended) {
      // What was found by then is true, and is told.
    }
  }

  private void findImpasse() {
    SearchLimits half = limits.attempt(time.dividedBy(2));
    Excerpt.Series excerpts = new Excerpt.Series(history, initial, end, false, new LimitPoll(half));
    for (Optional<Excerpt> excerpt = excerpts.next();
        excerpt.isPresent() && prefix.isEmpty() && half.exceeded(0).isEmpty();
        excerpt = excerpts.next()) {
      Optional<DeadEnd> found = DeadEnd.find(excerpt.get().history(), initial, half, MOST);
      if (found.isPresent()) {
        end = history.returned(excerpt.get().original(found.get().operation()));
        impasse = Optional.of(impasse(found.get(), excerpt.get(), excerpt.get().isWhole()));
        prefix = prefix(half);
        if (prefix.isPresent()) {
          impasse = Optional.of(impasse(found.get(), excerpt.get(), true));
        }
      }
    }
  }

  /** By when the contradiction must have shown; a search alone cannot tell. */
  private int lastReturn(Analysis.Invalid verdict) {
    return verdict.witness().size() == 1
        ? ObjectHistory.NEVER
        : verdict.witness().stream()
            .mapToInt(history::returned)
            .filter(rank -> rank != ObjectHistory.NEVER)
            .max()
            .orElse(ObjectHistory.NEVER);
  }

  private Optional<List<Integer>> prefix(SearchLimits within) {
    int[] called =
        IntStream.range(0, history.size()).filter(op -> history.call(op) < end).toArray();
    ObjectHistory part =
        history.part(called, op -> history.returned(op) >= end, new LimitPoll(within));
    return NearLinear.linearization(part, initial, within)
        .map(order -> IntStream.of(order).boxed().toList())
        .or(() -> Linearization.find(part, initial, within.attempt(time.dividedBy(4))));
  }

  private void findCore() {
    Excerpt.Series excerpts =
        new Excerpt.Series(history, initial, end, true, new LimitPoll(limits));
    for (Optional<Excerpt> excerpt = excerpts.next();
        excerpt.isPresent() && core.isEmpty() && limits.exceeded(0).isEmpty();
        excerpt = excerpts.next()) {
      core = new CoreSearch(excerpt.get(), initial, time, limits).find();
    }
  }

  private Impasse impasse(DeadEnd found, Excerpt excerpt, boolean isFirst) {
    int passed =
        (int) IntStream.range(0, history.size()).filter(op -> history.returned(op) < end).count();
    int impossible = excerpt.original(found.operation());
    return new Impasse(
        impossible,
        passed,
        isFirst,
        found.configurations().stream()
            .map(
                configuration ->
                    candidate(impossible, configuration.state(), pending(configuration, excerpt)))
            .toList(),
        found.configurationCount());
  }

  private List<Integer> pending(DeadEnd.FinalConfiguration configuration, Excerpt excerpt) {
    return configuration.pending().stream()
        .map(excerpt::original)
        .filter(op -> history.returned(op) >= end)
        .toList();
  }

  private Candidate candidate(int impossible, Model state, List<Integer> pending) {
    List<Attempt> possible = new ArrayList<>();
    List<Attempt> impossibleFirst = new ArrayList<>();
    Set<Call> tried = new HashSet<>();
    possible.add(attempt(Optional.empty(), state, impossible));
    for (int op : pending) {
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
    return new Candidate(state.toString(), pending, attempts);
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
