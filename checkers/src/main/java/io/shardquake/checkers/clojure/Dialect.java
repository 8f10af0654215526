package io.shardquake.checkers.clojure;

import clojure.lang.IFn;
import clojure.lang.ISeq;
import clojure.lang.RT;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a family of models written in Clojure is asked: four functions. Immutable; safe for use by
 * many threads if the functions are.
 */
public final class Dialect {
  private final IFn step;
  private final IFn inconsistency;
  private final IFn alternatives;
  private final IFn specification;

  /**
   * Takes the functions.
   *
   * @param step of a state and an operation map ({@code :f}, {@code :value}, and {@code :crashed?}
   *     where the result is not known): what comes of it
   * @param inconsistency of what came: why it is no state; nil if it is one
   * @param alternatives of what came: the states that it stands for; nil if it is one itself
   * @param specification of a model: name and initial value, as {@link
   *     io.shardquake.checkers.linearizability.model.Models#named} takes them, of the well-known
   *     object that it is; nil if it is none
   */
  public Dialect(IFn step, IFn inconsistency, IFn alternatives, IFn specification) {
    this.step = step;
    this.inconsistency = inconsistency;
    this.alternatives = alternatives;
    this.specification = specification;
  }

  /** Whatever Clojure throws, checked exceptions and failed assertions too, comes out unchecked. */
  @Nullable Object step(@Nullable Object state, Object op) {
    try {
      return step.invoke(state, op);
    } catch (RuntimeException problem) {
      throw problem;
    } catch (Exception | AssertionError problem) {
      throw new IllegalStateException(problem.getMessage(), problem);
    }
  }

  Optional<String> inconsistency(@Nullable Object outcome) {
    return Optional.ofNullable(inconsistency.invoke(outcome)).map(Object::toString);
  }

  /** The states that a consistent outcome stands for. */
  List<@Nullable Object> states(@Nullable Object outcome) {
    List<@Nullable Object> states = new ArrayList<>();
    Object many = alternatives.invoke(outcome);
    if (many == null) {
      states.add(outcome);
    }
    for (ISeq rest = RT.seq(many); rest != null; rest = rest.next()) {
      states.add(rest.first());
    }
    return states;
  }

  /** Name and initial value of the well-known object. */
  Optional<WellKnown> specification(@Nullable Object model) {
    Object pair = specification.invoke(model);
    return pair == null
        ? Optional.empty()
        : Optional.of(new WellKnown(RT.nth(pair, 0).toString(), RT.nth(pair, 1)));
  }

  /** A model of this library, by name. */
  record WellKnown(String name, @Nullable Object initial) {}
}
