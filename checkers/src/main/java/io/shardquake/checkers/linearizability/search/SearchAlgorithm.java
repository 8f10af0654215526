package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.List;
import java.util.Optional;

/** The general searches: for any model, exact, exponential in the worst case. Stateless. */
public enum SearchAlgorithm {
  /** Wing and Gong's depth-first search with Lowe's memory of configurations. */
  WGL("wgl") {
    @Override
    Search search(Timeline timeline, Linearizer linearizer, SearchLimits limits) {
      return new WglSearch(timeline, linearizer, limits);
    }
  },
  /** Lowe's just-in-time linearization, breadth first. */
  LINEAR("linear") {
    @Override
    Search search(Timeline timeline, Linearizer linearizer, SearchLimits limits) {
      return new LinearSearch(timeline, linearizer, limits);
    }

    @Override
    Optional<Analysis> guess(
        Timeline timeline, ValueFlow flow, Model initial, SearchLimits limits) {
      return WIDTHS.stream()
          .map(
              width ->
                  new LinearSearch(
                          timeline,
                          new Linearizer(timeline, flow, initial, Reductions.ALL),
                          limits,
                          width)
                      .run())
          .filter(found -> !(found instanceof Analysis.Invalid))
          .findFirst();
    }
  };

  /** How many configurations a guess keeps at a return. */
  private static final List<Integer> WIDTHS = List.of(16, 256);

  private final String analyzer;

  SearchAlgorithm(String analyzer) {
    this.analyzer = analyzer;
  }

  abstract Search search(Timeline timeline, Linearizer linearizer, SearchLimits limits);

  /**
   * What can be said without looking everywhere: that there is a linearization, or how far it is
   * certain that there is one when a limit is met; empty if that is nothing.
   */
  Optional<Analysis> guess(Timeline timeline, ValueFlow flow, Model initial, SearchLimits limits) {
    return Optional.empty();
  }

  /**
   * Decides whether the operations are linearizable; {@link Analysis.Unknown} at a limit.
   *
   * <p>Where outcomes of a register's operations are unknown, it first lets each of them happen as
   * often as need be. There are far fewer configurations then, and what is not linearizable even so
   * is not linearizable. Only if it is, the search is done again with each happening at most once,
   * breadth first among a few configurations before among all. (Of other objects, states could go
   * on for ever, as a queue grows.) Before any search of a register it looks for a value seen that
   * nothing can have put there, and for outcomes that other operations tell ({@link
   * SettledHistory}).
   */
  public Analysis analyse(ObjectHistory history, Model initial, SearchLimits limits) {
    long began = limits.elapsedNanos();
    try {
      Timeline timeline = Timeline.of(history, initial, new LimitPoll(limits));
      ValueFlow flow = new ValueFlow(timeline, initial);
      if (!flow.isRegister()) {
        return search(timeline, flow, initial, limits);
      }
      return new MissingSource(timeline, flow, flow.heldIn(initial))
          .find()
          .map(ops -> invalid(history, ops, limits.elapsedNanos() - began))
          .orElseGet(() -> searchRegister(timeline, flow, initial, limits));
    } catch (SearchEndedException ended) {
      return new Analysis.Unknown(analyzer, Cost.NONE, ended.getMessage(), 0);
    } catch (OutOfMemoryError full) {
      // What filled the heap is, or is beside, the search's own arrays, which are garbage by now.
      return new Analysis.Unknown(analyzer, Cost.NONE, "the Java heap is full", 0);
    }
  }

  private Analysis searchRegister(
      Timeline timeline, ValueFlow flow, Model initial, SearchLimits limits) {
    Optional<SettledHistory> settled =
        timeline.hasInfos()
            ? SettledHistory.of(timeline, flow, flow.heldIn(initial))
            : Optional.empty();
    if (settled.isEmpty()) {
      return search(timeline, flow, initial, limits);
    }
    Timeline narrowed = Timeline.of(settled.get().history(), initial, timeline.poll());
    ValueFlow narrowedFlow = new ValueFlow(narrowed, initial);
    return settled.get().original(search(narrowed, narrowedFlow, initial, limits), narrowed);
  }

  private Analysis invalid(ObjectHistory history, List<Integer> unsourced, long nanos) {
    String why =
        history.named(unsourced.get(unsourced.size() - 1))
            + " found a value that nothing can have put there";
    if (unsourced.size() > 1) {
      why += " since " + history.named(unsourced.get(0));
    }
    return new Analysis.Invalid(analyzer, new Cost(nanos, 0, 0), why, unsourced);
  }

  private Analysis search(Timeline timeline, ValueFlow flow, Model initial, SearchLimits limits) {
    Cost before = Cost.NONE;
    if (timeline.hasInfos() && flow.isRegister()) {
      Analysis relaxed =
          search(timeline, new Linearizer(timeline, flow, initial, Reductions.RELAXED), limits)
              .run();
      if (!(relaxed instanceof Analysis.Valid)) {
        return relaxed;
      }
      before = relaxed.cost();
      Optional<Analysis> guessed = guess(timeline, flow, initial, limits);
      if (guessed.isPresent()) {
        return guessed.get().after(before);
      }
    }
    return search(timeline, new Linearizer(timeline, flow, initial, Reductions.ALL), limits)
        .run()
        .after(before);
  }
}
