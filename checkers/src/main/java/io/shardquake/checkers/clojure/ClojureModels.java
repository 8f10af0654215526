package io.shardquake.checkers.clojure;

import clojure.lang.AFn;
import clojure.lang.IFn;
import clojure.lang.Keyword;
import clojure.lang.RT;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models made of Clojure functions, for use from Java like any other model. */
public final class ClojureModels {
  private static final Keyword FUNCTION = Keyword.intern("f");
  private static final Keyword VALUE = Keyword.intern("value");
  private static final Keyword CRASHED = Keyword.intern("crashed?");
  private static final Keyword INCONSISTENT = Keyword.intern("inconsistent");

  private ClojureModels() {}

  /**
   * A model of a step function.
   *
   * <p>The function takes a state and an operation map: {@code :f}, a keyword; {@code :value}, the
   * result if it is known and not nil, and else the argument; {@code :crashed?}, true, if nobody
   * knows the result. It returns the next state, or a map {@code {:inconsistent "why"}} if the
   * operation cannot happen in that state. It must be pure; its states are equal where {@code =}
   * says so.
   *
   * @param step the function
   * @param initial the first state
   */
  public static Model of(IFn step, @Nullable Object initial) {
    Dialect dialect =
        new Dialect(
            step, function(ClojureModels::why), function(none -> null), function(n -> null));
    return new ClojureModel(
        new ClojureModel.Rules(dialect, ClojureModels::operation, Optional.empty()), initial);
  }

  private static @Nullable Object why(@Nullable Object outcome) {
    return outcome instanceof clojure.lang.ILookup map ? map.valAt(INCONSISTENT) : null;
  }

  private static Object operation(Call call) {
    Object result = ClojureValues.toData(call.result().orElse(call.argument()));
    Object value = result == null ? ClojureValues.toData(call.argument()) : result;
    Keyword function = Keyword.intern(call.function());
    return call.result().isPresent()
        ? RT.map(FUNCTION, function, VALUE, value)
        : RT.map(FUNCTION, function, VALUE, value, CRASHED, true);
  }

  private interface Body {
    @Nullable Object of(@Nullable Object argument);
  }

  private static IFn function(Body body) {
    return new AFn() {
      @Override
      public @Nullable Object invoke(Object argument) {
        return body.of(argument);
      }
    };
  }
}
