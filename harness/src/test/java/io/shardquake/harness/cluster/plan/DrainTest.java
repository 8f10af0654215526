package io.shardquake.harness.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.ClusterException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static SlotHolder holder(String id, int first, int end) {
    return new SlotHolder(id, IntStream.range(first, end).boxed().toList());
  }

  @Test
  void givesEverySlotAwayAndLeavesTheOthersEven() throws Exception {
    List<SlotMove> moves =
        Drain.plan(holder("a", 0, 100), List.of(holder("b", 100, 150), holder("c", 150, 210)));

    assertThat(moves).extracting(SlotMove::slot).containsExactlyElementsOf(slots(0, 100));
    assertThat(moves).allMatch(move -> move.from().equals("a"));
    assertThat(moves.stream().collect(Collectors.groupingBy(SlotMove::to, Collectors.counting())))
        .containsEntry("b", 55L)
        .containsEntry("c", 45L);
  }

  @Test
  void movesRunsOfSlotsToOneMaster() throws Exception {
    List<SlotMove> moves =
        Drain.plan(holder("a", 0, 10), List.of(holder("b", 10, 10), holder("c", 10, 10)));

    assertThat(moves)
        .extracting(SlotMove::to)
        .containsExactly("b", "b", "b", "b", "b", "c", "c", "c", "c", "c");
  }

  @Test
  void anEmptyMasterHasNothingToGive() throws Exception {
    assertThat(Drain.plan(holder("a", 0, 0), List.of(holder("b", 0, 10)))).isEmpty();
    assertThat(Drain.plan(holder("a", 0, 0), List.of())).isEmpty();
  }

  @Test
  void saysThatNobodyIsThereToTakeThem() {
    assertThatThrownBy(() -> Drain.plan(holder("a", 0, 1), List.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessage("no other master is there to take the slots");
  }

  private static List<Integer> slots(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }
}
