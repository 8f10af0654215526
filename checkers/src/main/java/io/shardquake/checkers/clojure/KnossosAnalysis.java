package io.shardquake.checkers.clojure;

import clojure.lang.IPersistentMap;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.search.Competition;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history that is given and answered as Knossos's {@code analysis} functions do. What the
 * Clojure namespaces {@code shardquake.knossos.*} call.
 */
public final class KnossosAnalysis {
  /** More than anybody waits for. */
  private static final Duration UNLIMITED = Duration.ofDays(365);

  private final ClojureHistory history;
  private final ObjectHistory calls;
  private final Map<Call, Object> operations = new HashMap<>();
  private final ClojureValues values = new ClojureValues();
  private final ClojureModel model;
  private final Optional<Model> twin;

  private KnossosAnalysis(Dialect dialect, @Nullable Object initial, ClojureHistory history) {
    this.history = history;
    this.twin =
        dialect
            .specification(initial)
            .map(known -> Models.named(known.name(), values.toValue(known.initial())));
    this.model = new ClojureModel(new ClojureModel.Rules(dialect, operations::get, twin), initial);
    this.calls = calls();
  }

  /**
   * Judges a history.
   *
   * @param algorithm {@code wgl}, {@code linear} or {@code competition}, which uses whatever
   *     decides first, searches or not
   * @param dialect how the model is asked
   * @param initial the model
   * @param operations the history: operation maps, or records, in a sequence
   * @param timeLimitMillis how long it may take; nil for as long as it takes
   * @return Knossos's result map
   * @throws IllegalArgumentException if the history's operations cannot follow each other
   */
  public static IPersistentMap analyse(
      String algorithm,
      Dialect dialect,
      @Nullable Object initial,
      @Nullable Object operations,
      @Nullable Number timeLimitMillis) {
    Duration time =
        timeLimitMillis == null ? UNLIMITED : Duration.ofMillis(timeLimitMillis.longValue());
    SearchLimits limits = SearchLimits.startingNow(new Limits(time, Limits.DEFAULT.memoryBytes()));
    KnossosAnalysis analysis = new KnossosAnalysis(dialect, initial, ClojureHistory.of(operations));
    return new KnossosResult(analysis.history, analysis.calls, analysis.model, dialect, limits)
        .of(analysis.decide(algorithm, limits));
  }

  private Analysis decide(String algorithm, SearchLimits limits) {
    Model judge = twin.orElse(model);
    return switch (algorithm) {
      case "wgl" -> SearchAlgorithm.WGL.analyse(calls, judge, limits);
      case "linear" -> SearchAlgorithm.LINEAR.analyse(calls, judge, limits);
      case "competition" ->
          NearLinear.decide(calls, judge, limits)
              .orElseGet(() -> Competition.analyse(calls, judge, limits));
      default ->
          throw new IllegalArgumentException(
              "the algorithm is " + algorithm + ", not wgl, linear or competition");
    };
  }

  private ObjectHistory calls() {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil());
    int row = 0;
    for (ClojureHistory.Entry entry : history.entries()) {
      Call call = model.simplified(call(entry));
      operations.putIfAbsent(call, entry.operation());
      builder.add(row++, entry.called(), entry.returned(), call);
    }
    return builder.build();
  }

  /**
   * To a model of this library a call is what it is to Knossos: what the operation returned stands
   * in for its argument, and a read that returned nil tells nothing. To a model in Clojure it is a
   * name for the operation map, the same for equal ones.
   */
  private Call call(ClojureHistory.Entry entry) {
    String function = entry.function();
    if (twin.isEmpty()) {
      return new Call(function, values.opaque(entry.operation()), Optional.empty());
    }
    Value value = values.toValue(entry.value());
    boolean reads = function.equals("read");
    boolean known = entry.isOk() && !(reads && value.isNil());
    return new Call(
        function, reads ? Value.nil() : value, known ? Optional.of(value) : Optional.empty());
  }
}
