package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.topology.SlotRange;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SlotAllocationTest {
  @Test
  void dividesAmongThreeMastersAsRedisCliDoes() {
    assertThat(SlotAllocation.even(3))
        .containsExactly(
            new SlotRange(0, 5460), new SlotRange(5461, 10922), new SlotRange(10923, 16383));
  }

  @Property(tries = 200)
  void coversAllSlotsOnceInSharesThatDifferByAtMostOne(
      @ForAll @IntRange(min = 1, max = 16384) int masters) {
    List<SlotRange> ranges = SlotAllocation.even(masters);

    assertThat(ranges).hasSize(masters);
    int next = 0;
    for (SlotRange range : ranges) {
      assertThat(range.first()).as("no gap and no overlap before %s", range).isEqualTo(next);
      assertThat(range.size()).isBetween(16384 / masters, 16384 / masters + 1);
      next = range.last() + 1;
    }
    assertThat(next).as("the last slot is covered").isEqualTo(16384);
  }

  @Test
  void refusesMoreMastersThanSlots() {
    assertThatThrownBy(() -> SlotAllocation.even(16385)).hasMessageContaining("1 to 16384");
  }
}
