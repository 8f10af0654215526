package io.shardquake.checkers.clojure;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityCheck;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClojureModelsTest {
  private static final Model COUNTER =
      ClojureModels.of(
          function(
              """
              (fn [n op]
                (case (:f op)
                  :add  (+ n (:value op))
                  :read (if (or (:crashed? op) (= n (:value op)))
                          n
                          {:inconsistent (str "read " (:value op) " of " n)})))
              """),
          0L);

  private static IFn function(String text) {
    return (IFn) Clojure.var("clojure.core", "eval").invoke(Clojure.read(text));
  }

  private static History additionsThenRead(long sum) {
    return new History.Builder()
        .invoke(new Invocation(0, 0, 0, "add", Value.nil(), Value.of(1)))
        .invoke(new Invocation(1, 0, 1, "add", Value.nil(), Value.of(2)))
        .complete(0, new Completion.Ok(2, 0, Value.nil(), Attribution.NONE))
        .complete(1, new Completion.Ok(3, 0, Value.nil(), Attribution.NONE))
        .invoke(new Invocation(4, 0, 0, "read", Value.nil(), Value.nil()))
        .complete(0, new Completion.Ok(5, 0, Value.of(sum), Attribution.NONE))
        .build();
  }

  private static Validity judge(History history) {
    return LinearizabilityCheck.run(history, LinearizabilityOptions.of(COUNTER)).validity();
  }

  @Test
  void judgesWithAFunctionOfClojure() {
    assertThat(judge(additionsThenRead(3))).isEqualTo(Validity.VALID);
    assertThat(judge(additionsThenRead(2))).isEqualTo(Validity.INVALID);
  }

  @Test
  void tellsWhyAStepIsImpossible() {
    assertThat(COUNTER.step(new Call("read", Value.nil(), Optional.of(Value.of(7)))))
        .isEqualTo(Step.inconsistent("read 7 of 0"));
    assertThat(COUNTER.step(new Call("read", Value.nil(), Optional.empty())))
        .isEqualTo(Step.to(COUNTER));
  }

  @Test
  void comparesStatesAsClojureDoes() {
    IFn keep = function("(fn [state op] (:value op))");
    Model integer = ClojureModels.of(keep, 1);
    Model vector = ClojureModels.of(keep, Clojure.read("[1 {:a #{2}}]"));

    Model other = ClojureModels.of(keep, 1L);
    assertThat(integer).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(vector).isEqualTo(ClojureModels.of(keep, Clojure.read("(1 {:a #{2}})")));
    assertThat(vector).hasToString("[1 {:a #{2}}]");
  }
}
