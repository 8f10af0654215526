package io.shardquake.checkers.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary values and histories for properties. */
public final class HistoryArbitraries {
  private HistoryArbitraries() {}

  /** Strings of any characters, and of those that mean something to codecs. */
  public static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(8).map(HistoryArbitraries::wellFormed),
        Arbitraries.strings().ascii().ofMaxLength(8),
        Arbitraries.of(
            "",
            "@",
            "@keyword",
            "@@",
            ":a",
            "nil",
            "a b",
            "\"",
            "\\",
            "#edn",
            "#edn 1",
            "k\n",
            "\u0000"));
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Names that can stand after the colon of a keyword. */
  public static Arbitrary<String> keywordNames() {
    return Arbitraries.of("a", "read", "jepsen/op", "cas-register", "a.b/c?", "+", "*x*", "k1");
  }

  /** Values of every kind, nested up to three levels. */
  public static Arbitrary<Value> values() {
    return Arbitraries.<Value>lazyOf(
            () -> scalars(),
            () -> scalars(),
            () -> scalars(),
            () -> pairs(),
            () -> values().list().ofMaxSize(3).map(Value::of),
            () ->
                Arbitraries.maps(strings(), values())
                    .ofMaxSize(3)
                    .map(entries -> new Value.Mapping(new LinkedHashMap<>(entries))),
            () ->
                Combinators.combine(Arbitraries.of("inst", "my/tag"), values())
                    .as(Value.Tagged::new))
        .withoutEdgeCases();
  }

  private static Arbitrary<Value> pairs() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as((first, second) -> Value.pair(Value.of(first), Value.of(second)));
  }

  private static Arbitrary<Value> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(Value.nil(), Value.of(true), Value.of(false)),
        Arbitraries.longs().map(Value::of),
        Arbitraries.integers().map(Value::of),
        Arbitraries.doubles().map(Value::of),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e300)
            .map(Value::of),
        strings().map(Value::of),
        keywordNames().map(Value.Keyword::new),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(Value.Bytes::new));
  }

  /** Histories of up to 40 events, of which some operations never complete. */
  public static Arbitrary<List<Operation>> operations() {
    Arbitrary<Step> steps =
        Combinators.combine(
                Arbitraries.integers().between(0, 7),
                Arbitraries.of(Completion.Type.class),
                Arbitraries.of("read", "write", "cas", "f \u00e9"),
                Arbitraries.oneOf(
                    Arbitraries.of(Value.nil(), Value.of("k"), Value.of(7)), values()),
                values(),
                Arbitraries.longs().between(0, 1L << 40),
                attributions(),
                Arbitraries.of("", "timeout", "moved \u20ac"))
            .as(Step::new);
    return steps.list().ofMaxSize(40).map(HistoryArbitraries::build);
  }

  private static Arbitrary<Attribution> attributions() {
    return Arbitraries.of("n1", "n2", "n\"3")
        .list()
        .ofMaxSize(2)
        .flatMap(
            nodes ->
                Arbitraries.integers().between(0, 3).map(redirects -> Tuple.of(nodes, redirects)))
        .map(tuple -> new Attribution(tuple.get1(), tuple.get2()));
  }

  private record Step(
      int process,
      Completion.Type type,
      String function,
      Value key,
      Value value,
      long gap,
      Attribution attribution,
      String error) {}

  /** Turns each step into an invocation, or the completion of its process's open operation. */
  private static List<Operation> build(List<Step> steps) {
    List<Operation> operations = new ArrayList<>();
    Map<Integer, Integer> open = new LinkedHashMap<>();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    long index = -1;
    long time = 0;
    for (Step step : steps) {
      index += 1 + step.gap() % 2;
      time += step.gap();
      Integer row = open.remove(step.process());
      int process = step.process() + 8 * numbers.getOrDefault(step.process(), 0);
      if (row == null) {
        open.put(step.process(), operations.size());
        Invocation invocation =
            new Invocation(index, time, process, step.function(), step.key(), step.value());
        operations.add(new Operation(invocation, Optional.empty()));
      } else {
        Completion completion = completion(step, index, time);
        operations.set(
            row, new Operation(operations.get(row).invocation(), Optional.of(completion)));
        if (step.type() == Completion.Type.INFO) {
          numbers.merge(step.process(), 1, Integer::sum);
        }
      }
    }
    return operations;
  }

  private static Completion completion(Step step, long index, long time) {
    return switch (step.type()) {
      case OK -> new Completion.Ok(index, time, step.value(), step.attribution());
      case FAIL -> new Completion.Fail(index, time, step.error(), step.attribution());
      case INFO -> new Completion.Info(index, time, step.error(), step.attribution());
    };
  }

  /** Hands every event of the operations to the sinks in the order of their indexes. */
  public static void replay(List<Operation> operations, EventSink sink) throws Exception {
    Map<Long, Operation> byIndex = new java.util.TreeMap<>();
    for (Operation operation : operations) {
      byIndex.put(operation.invocation().index(), operation);
      operation.completion().ifPresent(completion -> byIndex.put(completion.index(), operation));
    }
    for (Map.Entry<Long, Operation> event : byIndex.entrySet()) {
      Invocation invocation = event.getValue().invocation();
      if (invocation.index() == event.getKey()) {
        sink.invoke(invocation);
      } else {
        sink.complete(invocation.process(), event.getValue().completion().orElseThrow());
      }
    }
  }

  /** Where {@link #replay} hands events to. */
  public interface EventSink {
    void invoke(Invocation invocation) throws Exception;

    void complete(int process, Completion completion) throws Exception;
  }
}
