package io.shardquake.workloads.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.checkers.topology.SlotRange;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SlotKeysTest {
  private static final SlotKeys KEYS = new SlotKeys();

  @Property
  void aKeyFallsIntoTheSlotThatItIsMadeFor(
      @ForAll @IntRange(max = SlotRange.SLOTS - 1) int slot, @ForAll @AlphaChars String stem) {
    assertThat(KeySlot.of(KEYS.keyIn(slot, stem))).isEqualTo(slot);
  }

  @Property
  void successiveKeysVisitEverySlotOnce(@ForAll @LongRange(max = 1_000_000) long first) {
    boolean[] visited = new boolean[SlotRange.SLOTS];
    for (int i = 0; i < SlotRange.SLOTS; i += 61) {
      int slot = KeySlot.of(KEYS.key("k" + (first + i) + ":", first + i));
      assertThat(visited[slot]).as("slot %d is visited twice", slot).isFalse();
      visited[slot] = true;
    }
  }

  @Test
  void fewKeysAreSpreadOverTheThirdsThatThreeMastersServe() {
    int[] counts = new int[3];
    for (int i = 0; i < 30; i++) {
      counts[KeySlot.of(KEYS.key("k" + i + ":", i)) * 3 / SlotRange.SLOTS]++;
    }
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void aStemWithABraceIsRefused() {
    assertThatThrownBy(() -> KEYS.keyIn(0, "a{b}")).isInstanceOf(IllegalArgumentException.class);
  }
}
