package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotTagsTest {
  @Test
  void everySlotHasATagThatBelongsToIt() {
    assertThat(IntStream.range(0, SlotRange.SLOTS))
        .allMatch(slot -> KeySlot.of("{" + SlotTags.of(slot) + "}key") == slot);
  }
}
