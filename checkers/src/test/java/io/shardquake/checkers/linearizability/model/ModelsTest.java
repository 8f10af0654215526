package io.shardquake.checkers.linearizability.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {
  private static final Value ONE = Value.of(1L);
  private static final Value TWO = Value.of(2L);

  @Test
  void aRegisterReturnsWhatWasWrittenLast() {
    Model register = Models.register(Value.nil());
    assertThat(after(register, call("write", ONE), read(ONE))).hasToString("1");
    assertThat(refusal(register, read(ONE))).isEqualTo("can't read 1 from nil");
    assertThat(after(register, call("read", Value.nil()))).isEqualTo(register);
  }

  @Test
  void aCompareAndSetReplacesTheExpectedValueOnly() {
    Model register = Models.casRegister(ONE);
    assertThat(after(register, call("cas", Value.pair(ONE, TWO)))).hasToString("2");
    assertThat(refusal(register, call("cas", Value.pair(TWO, ONE))))
        .isEqualTo("can't cas 1 from 2");
  }

  @Test
  void aCompareAndSetThatReturnedFalseSawAnotherValue() {
    Model register = Models.casRegister(ONE);
    assertThat(after(register, returning("cas", Value.pair(TWO, ONE), Value.of(false))))
        .isEqualTo(register);
    assertThat(refusal(register, returning("cas", Value.pair(ONE, TWO), Value.of(false))))
        .isEqualTo("can't miss 1 in a cas that expects it");
  }

  @Test
  void aTransactionIsDoneAsAWhole() {
    Model registers = Models.multiRegister(Value.nil());
    Call swap = call("txn", Value.of(List.of(micro("write", "x", ONE), micro("write", "y", TWO))));
    Model written = after(registers, swap);
    assertThat(written).hasToString("{x=1, y=2}");
    Value seen = Value.of(List.of(micro("read", "x", ONE), micro("read", "y", ONE)));
    assertThat(refusal(written, returning("txn", seen, seen)))
        .isEqualTo("can't read 1 from y, which holds 2");
  }

  @Test
  void aMultiRegisterStartsWithAMapping() {
    Model registers = Models.named("multi-register", new Value.Mapping(Map.of("x", ONE)));
    Value seen = Value.of(List.of(micro("read", "x", ONE), micro("read", "y", Value.nil())));
    assertThat(after(registers, returning("txn", seen, seen))).isEqualTo(registers);
  }

  @Test
  void aMutexIsHeldOnce() {
    Model mutex = Models.mutex();
    Model held = after(mutex, call("acquire", Value.nil()));
    assertThat(refusal(held, call("acquire", Value.nil()))).isEqualTo("already held");
    assertThat(after(held, call("release", Value.nil()))).isEqualTo(mutex);
    assertThat(refusal(mutex, call("release", Value.nil()))).isEqualTo("not held");
  }

  @Test
  void aFifoQueueHandsOutTheOldest() {
    Model queue = after(Models.fifoQueue(List.of()), call("enqueue", ONE), call("enqueue", TWO));
    assertThat(after(queue, dequeue(ONE))).hasToString("[2]");
    assertThat(refusal(queue, dequeue(TWO))).isEqualTo("can't dequeue 2 while 1 is the oldest");
    assertThat(after(queue, dequeue(ONE), dequeue(TWO), dequeue(Value.nil()))).hasToString("[]");
    assertThat(refusal(Models.fifoQueue(List.of()), dequeue(ONE)))
        .isEqualTo("can't dequeue 1 from an empty queue");
  }

  @Test
  void anUnorderedQueueHandsOutAnythingItHolds() {
    Model queue = Models.unorderedQueue(List.of(ONE, TWO, TWO));
    assertThat(queue).hasToString("[1, 2 x2]");
    assertThat(after(queue, dequeue(TWO))).hasToString("[1, 2]");
    assertThat(refusal(queue, dequeue(Value.nil()))).isEqualTo("can't find [1, 2 x2] empty");
    assertThat(queue.step(call("dequeue", Value.nil())))
        .isInstanceOfSatisfying(
            Step.OneOf.class,
            any ->
                assertThat(any.next())
                    .extracting(Model::toString)
                    .containsExactly("[2 x2]", "[1, 2]"));
  }

  @Test
  void aSetIsReadInAnyOrder() {
    Model set = after(Models.set(List.of()), call("add", TWO), call("add", ONE), call("add", ONE));
    Value both = Value.of(List.of(ONE, TWO));
    assertThat(after(set, returning("read", Value.nil(), both))).isEqualTo(set);
    assertThat(refusal(set, returning("read", Value.nil(), Value.of(List.of(ONE)))))
        .isEqualTo("can't read [1] from [1, 2]");
  }

  static Stream<Call> strangeCalls() {
    return Stream.of(
        call("fly", ONE), returning("read", Value.nil(), Value.of("text")), call("cas", ONE));
  }

  static final List<String> NAMES = Models.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyModelRefusesCallsThatItDoesNotHave(String name) {
    Model model = Models.named(name, Value.nil());
    assertThatThrownBy(() -> model.effect(call("fly", ONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("a " + name + " takes .*, not fly 1");
  }

  @ParameterizedTest
  @MethodSource("strangeCalls")
  void whatAModelSaysOfACallDoesNotDependOnItsState(Call call) {
    Model one = Models.casRegister(ONE);
    Model other = Models.casRegister(TWO);
    assertThat(one.simplified(call)).isEqualTo(other.simplified(call));
  }

  @Test
  void namesTheModelsThereAre() {
    assertThatThrownBy(() -> Models.named("stack", Value.nil()))
        .hasMessage("there is no model stack; known are " + String.join(", ", Models.NAMES));
  }

  @Test
  void refusesAnInitialValueThatMakesNoSense() {
    assertThatThrownBy(() -> Models.named("mutex", ONE))
        .hasMessage("a mutex starts with nil or true (held) or false (free), not 1");
    assertThatThrownBy(() -> Models.named("set", ONE))
        .hasMessage("a set starts with nil or a sequence of values, not 1");
  }

  private static Call call(String function, Value argument) {
    return new Call(function, argument, Optional.empty());
  }

  private static Call returning(String function, Value argument, Value result) {
    return new Call(function, argument, Optional.of(result));
  }

  private static Call read(Value result) {
    return returning("read", Value.nil(), result);
  }

  private static Call dequeue(Value result) {
    return returning("dequeue", Value.nil(), result);
  }

  private static Value micro(String function, String name, Value value) {
    return Value.of(List.of(new Value.Keyword(function), Value.of(name), value));
  }

  private static Model after(Model model, Call... calls) {
    return Arrays.stream(calls)
        .reduce(
            model,
            (state, call) -> ((Step.To) state.step(call)).next(),
            (one, other) -> {
              throw new IllegalStateException("steps have an order");
            });
  }

  private static String refusal(Model model, Call call) {
    return ((Step.Inconsistent) model.step(call)).why();
  }
}
