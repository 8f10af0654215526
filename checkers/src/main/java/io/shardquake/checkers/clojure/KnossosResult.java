package io.shardquake.checkers.clojure;

import clojure.lang.AFn;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.LazySeq;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.clojure.ClojureHistory.Entry;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.search.DeadEnd;
import io.shardquake.checkers.linearizability.search.Linearization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes Knossos's result map of an analysis. One use. */
final class KnossosResult {
  private static final Keyword VALID = Keyword.intern("valid?");
  private static final Keyword ANALYZER = Keyword.intern("analyzer");
  private static final Keyword UNKNOWN = Keyword.intern("unknown");
  private static final Keyword CAUSE = Keyword.intern("cause");
  private static final Keyword WHY = Keyword.intern("why");
  private static final Keyword OP = Keyword.intern("op");
  private static final Keyword PREVIOUS_OK = Keyword.intern("previous-ok");
  private static final Keyword LAST_OP = Keyword.intern("last-op");
  private static final Keyword CONFIGS = Keyword.intern("configs");
  private static final Keyword FINAL_PATHS = Keyword.intern("final-paths");
  private static final Keyword MODEL = Keyword.intern("model");
  private static final Keyword PENDING = Keyword.intern("pending");

  /** How long the reasons may take to work out; a verdict without them is better than none. */
  private static final Duration EXPLAINING = Duration.ofSeconds(5);

  private static final int MOST_CONFIGURATIONS = 10;

  private final ClojureHistory history;
  private final ObjectHistory calls;
  private final ClojureModel model;
  private final Dialect dialect;
  private final SearchLimits limits;

  KnossosResult(
      ClojureHistory history,
      ObjectHistory calls,
      ClojureModel model,
      Dialect dialect,
      SearchLimits limits) {
    this.history = history;
    this.calls = calls;
    this.model = model;
    this.dialect = dialect;
    this.limits = limits;
  }

  IPersistentMap of(Analysis analysis) {
    Keyword analyzer = Keyword.intern(analysis.analyzer());
    if (analysis instanceof Analysis.Invalid invalid) {
      return invalid(invalid, analyzer);
    }
    if (analysis instanceof Analysis.Unknown unknown) {
      return RT.map(
          VALID, UNKNOWN, CAUSE, cause(unknown.cause()), WHY, unknown.cause(), ANALYZER, analyzer);
    }
    return RT.map(VALID, true, CONFIGS, lazily(this::finalConfigurations), ANALYZER, analyzer);
  }

  /** Knossos's own words where it has some. */
  private static Object cause(String text) {
    if (text.startsWith("time limit")) {
      return Keyword.intern("timeout");
    }
    boolean memory = text.startsWith("memory limit") || text.contains("heap");
    return memory ? Keyword.intern("out-of-memory") : text;
  }

  private IPersistentMap invalid(Analysis.Invalid verdict, Keyword analyzer) {
    Optional<DeadEnd> end =
        DeadEnd.find(calls, model, limits.attempt(EXPLAINING), MOST_CONFIGURATIONS);
    int impossible = end.map(DeadEnd::operation).orElseGet(() -> lastToReturn(verdict.witness()));
    List<Object> configurations = new ArrayList<>();
    FinalPaths paths = new FinalPaths(dialect, entry(impossible));
    for (DeadEnd.FinalConfiguration configuration :
        end.map(DeadEnd::configurations).orElse(List.of())) {
      if (configuration.state() instanceof ClojureModel last) {
        List<Entry> pending = configuration.pending().stream().map(this::entry).toList();
        Object lastOp = lastEvent(configuration.last());
        configurations.add(
            RT.map(MODEL, last.state(), LAST_OP, lastOp, PENDING, invocations(pending)));
        paths.explore(last.state(), lastOp, pending);
      }
    }
    return RT.map(
        VALID, false,
        OP, entry(impossible).lastEvent(),
        PREVIOUS_OK, previousOk(impossible),
        CONFIGS, PersistentVector.create(configurations),
        FINAL_PATHS, PersistentHashSet.create(paths.found()),
        WHY, verdict.why(),
        ANALYZER, analyzer);
  }

  private Entry entry(int operation) {
    return history.entries().get(operation);
  }

  private @Nullable Object lastEvent(OptionalInt operation) {
    return operation.isPresent() ? entry(operation.getAsInt()).lastEvent() : null;
  }

  private int lastToReturn(List<Integer> witness) {
    return witness.stream()
        .filter(operation -> entry(operation).isOk())
        .max(Comparator.comparing(calls::returned))
        .orElse(witness.get(0));
  }

  private @Nullable Object previousOk(int operation) {
    long before = entry(operation).returned();
    return history.entries().stream()
        .filter(entry -> entry.isOk() && entry.returned() < before)
        .max(Comparator.comparingLong(Entry::returned))
        .map(Entry::lastEvent)
        .orElse(null);
  }

  private static Object invocations(List<Entry> entries) {
    return PersistentVector.create(entries.stream().map(Entry::completedInvocation).toList());
  }

  /** Where one linearization ends: few ask for it, and it may take as long as the verdict. */
  private @Nullable Object finalConfigurations() {
    SearchLimits within =
        SearchLimits.startingNow(new Limits(EXPLAINING, Limits.DEFAULT.memoryBytes()));
    return Linearization.find(calls, model, within)
        .flatMap(this::finalConfiguration)
        .map(RT::list)
        .orElse(null);
  }

  private Optional<Object> finalConfiguration(List<Integer> order) {
    ClojureModel last = model;
    for (int operation : order) {
      if (!(last.step(calls.toCall(operation)) instanceof Step.To to
          && to.next() instanceof ClojureModel next)) {
        return Optional.empty();
      }
      last = next;
    }
    BitSet done = new BitSet();
    order.forEach(done::set);
    List<Entry> pending =
        IntStream.range(0, calls.size())
            .filter(operation -> !done.get(operation))
            .mapToObj(this::entry)
            .toList();
    Object lastOp =
        lastEvent(
            order.isEmpty() ? OptionalInt.empty() : OptionalInt.of(order.get(order.size() - 1)));
    return Optional.of(RT.map(MODEL, last.state(), LAST_OP, lastOp, PENDING, invocations(pending)));
  }

  private static LazySeq lazily(Supplier<@Nullable Object> sequence) {
    return new LazySeq(
        new AFn() {
          @Override
          public @Nullable Object invoke() {
            return sequence.get();
          }
        });
  }
}
