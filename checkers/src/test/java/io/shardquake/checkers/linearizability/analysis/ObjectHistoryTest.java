package io.shardquake.checkers.linearizability.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Call;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ObjectHistoryTest {
  private static final Call READ = new Call("read", Value.nil(), Optional.of(Value.of(7L)));
  private static final Call WRITE = new Call("write", Value.of(7L), Optional.empty());

  @Test
  void ranksInvocationsAndReturnsInOneOrder() {
    ObjectHistory history =
        new ObjectHistory.Builder(Value.nil())
            .add(3, 10, 40, WRITE)
            .add(4, 20, Long.MAX_VALUE, WRITE)
            .add(9, 30, 50, READ)
            .build();
    assertThat(history.events()).isEqualTo(5);
    assertThat(List.of(history.call(0), history.call(1), history.call(2))).containsExactly(0, 1, 2);
    assertThat(List.of(history.returned(0), history.returned(1), history.returned(2)))
        .containsExactly(3, ObjectHistory.NEVER, 4);
    assertThat(history.row(2)).isEqualTo(9);
  }

  @Test
  void givesEqualValuesEqualNumbers() {
    ObjectHistory history =
        new ObjectHistory.Builder(Value.nil()).add(0, 0, 1, WRITE).add(1, 2, 3, READ).build();
    assertThat(history.argument(0)).isEqualTo(history.result(1));
    assertThat(history.result(0)).isEqualTo(ObjectHistory.UNKNOWN);
    assertThat(history.toCall(1)).isEqualTo(READ);
  }

  @Test
  void aPartKeepsRowsAndRanksAnew() {
    ObjectHistory whole =
        new ObjectHistory.Builder(Value.nil())
            .add(0, 0, 1, WRITE)
            .add(1, 2, 5, READ)
            .add(2, 3, 4, WRITE)
            .build();
    ObjectHistory part = whole.part(new int[] {1, 2}, op -> op == 2, LimitPoll.none());
    assertThat(part.size()).isEqualTo(2);
    assertThat(part.row(0)).isEqualTo(1);
    assertThat(part.call(1)).isEqualTo(1);
    assertThat(part.returned(0)).isEqualTo(2);
    assertThat(part.returned(1)).isEqualTo(ObjectHistory.NEVER);
    assertThat(part.toCall(0)).isEqualTo(READ);
  }

  @Test
  void refusesEventsOutOfOrder() {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil()).add(0, 5, 6, WRITE);
    assertThatThrownBy(() -> builder.add(1, 4, 9, WRITE))
        .hasMessage("operation in row 1 is out of order: its events are out of sequence");
    assertThatThrownBy(() -> builder.add(1, 7, 7, WRITE)).hasMessageContaining("row 1");
  }

  @Property(tries = 300)
  void numbersStandForTheirValues(@ForAll("values") List<Value> values) {
    ValueTable table = new ValueTable(1);
    int[] numbers = values.stream().mapToInt(table::numberOf).toArray();
    for (int i = 0; i < numbers.length; i++) {
      assertThat(table.value(numbers[i])).isEqualTo(values.get(i));
      assertThat(table.numberOf(values.get(i))).isEqualTo(numbers[i]);
    }
    assertThat(table.size()).isEqualTo((int) values.stream().distinct().count());
  }

  @Provide
  Arbitrary<List<Value>> values() {
    Arbitrary<Value> whole = Arbitraries.longs().map(Value::of);
    Arbitrary<Value> small = Arbitraries.longs().between(-3, 3).map(Value::of);
    Arbitrary<Value> text = Arbitraries.strings().ofMaxLength(2).map(Value::of);
    Arbitrary<Value> any = Arbitraries.oneOf(whole, small, text, Arbitraries.just(Value.nil()));
    Arbitrary<Value> sequences = any.list().ofMaxSize(3).map(Value::of);
    return Arbitraries.oneOf(any, sequences).list().ofMaxSize(60);
  }
}
