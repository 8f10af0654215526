package io.shardquake.workloads.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.protocol.Reply;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class StoredValueTest {
  @Property
  void aNumberIsReadBackHoweverLongItIsKept(
      @ForAll @IntRange(min = 0) int number, @ForAll @IntRange(max = 300) int bytes) {
    StoredValue stored = new StoredValue(bytes);
    String text = stored.encode(Value.of(number));
    assertThat(text.length()).isGreaterThanOrEqualTo(bytes);
    assertThat(stored.decode(Reply.Text.of(text))).isEqualTo(Value.of(number));
  }

  @Test
  void absenceStaysAbsence() {
    assertThat(new StoredValue(100).decode(Reply.Absent.ABSENT)).isEqualTo(Value.nil());
  }
}
