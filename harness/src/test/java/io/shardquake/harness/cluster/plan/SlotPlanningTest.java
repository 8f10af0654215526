package io.shardquake.harness.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SlotPlanningTest {
  private static final List<SlotHolder> THREE =
      List.of(holder("a", 0, 5460), holder("b", 5461, 10922), holder("c", 10923, 16383));
  private static final SlotHolder EMPTY = new SlotHolder("d", List.of());

  @Test
  void takesFromAllSourcesInProportion() throws Exception {
    List<SlotMove> moves = Reshard.plan(4096, THREE, "d");

    assertThat(counts(moves)).containsEntry("a", 1365).containsEntry("c", 1365).hasSize(3);
    assertThat(moves).hasSize(4096).startsWith(new SlotMove(0, "a", "d"));
    assertThat(after(with(THREE, EMPTY), moves).get("d")).isEqualTo(4096);
  }

  @Test
  void takesFromOneSourceWhenToldTo() throws Exception {
    assertThat(Reshard.plan(2, List.of(THREE.get(1)), "a"))
        .containsExactly(new SlotMove(5461, "b", "a"), new SlotMove(5462, "b", "a"));
  }

  @Test
  void refusesToMoveMoreThanThereIs() {
    assertThatThrownBy(() -> Reshard.plan(16384, THREE, "a"))
        .hasMessage("cannot move 16384 slots: the sources own 10923 (without those of the target)");
    assertThatThrownBy(() -> Reshard.plan(0, THREE, "a")).hasMessageContaining("cannot move 0");
  }

  @Test
  void drainsAMasterToThoseThatOwnFewest() throws Exception {
    List<SlotMove> moves = Reshard.drain(THREE.get(1), List.of(THREE.get(0), THREE.get(2), EMPTY));

    assertThat(moves).hasSize(5462).allMatch(move -> move.from().equals("b"));
    assertThat(after(with(THREE, EMPTY), moves)).containsEntry("b", 0).containsEntry("d", 5461);
  }

  @Test
  void refusesToDrainTheOnlyMaster() {
    assertThatThrownBy(() -> Reshard.drain(THREE.get(0), List.of()))
        .hasMessage("there is no other master that could take the slots of a");
  }

  @Test
  void rebalancesOntoAnEmptyMaster() throws Exception {
    List<SlotHolder> masters = with(THREE, EMPTY);

    assertThat(after(masters, Rebalance.plan(masters, Map.of(), 2)))
        .containsEntry("a", 4096)
        .containsEntry("b", 4096)
        .containsEntry("c", 4096)
        .containsEntry("d", 4096);
  }

  @Test
  void givesAMasterWithoutWeightNothing() throws Exception {
    List<SlotMove> moves = Rebalance.plan(THREE, Map.of("b", 0.0), 2);

    assertThat(after(THREE, moves)).containsEntry("b", 0).containsEntry("a", 8192);
  }

  @Test
  void leavesACloseEnoughClusterAlone() throws Exception {
    assertThat(Rebalance.plan(THREE, Map.of(), 2)).isEmpty();
    assertThat(Rebalance.plan(THREE, Map.of("a", 1.01), 2)).isEmpty();
  }

  @Test
  void refusesToLeaveEverySlotWithoutOwner() {
    assertThatThrownBy(() -> Rebalance.plan(List.of(THREE.get(0)), Map.of("a", 0.0), 2))
        .hasMessage("no master may own slots: every weight is 0");
  }

  @Property(tries = 200)
  void rebalancingMovesNoSlotTwiceAndEndsAtTheShares(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 10) Integer> weights,
      @ForAll @Size(min = 12, max = 12) List<@IntRange(min = 0, max = 50) Integer> sizes)
      throws Exception {
    if (weights.stream().allMatch(weight -> weight == 0)) {
      return;
    }
    List<SlotHolder> masters =
        IntStream.range(0, weights.size())
            .mapToObj(i -> holder("m" + i, i * 100, i * 100 + sizes.get(i) - 1))
            .toList();
    Map<String, Double> byId = new HashMap<>();
    IntStream.range(0, weights.size()).forEach(i -> byId.put("m" + i, (double) weights.get(i)));

    List<SlotMove> moves = Rebalance.plan(masters, byId, 0);

    assertThat(moves).extracting(SlotMove::slot).doesNotHaveDuplicates();
    assertThat(moves).noneMatch(move -> move.from().equals(move.to()));
    int total = masters.stream().mapToInt(SlotHolder::count).sum();
    int weightSum = weights.stream().mapToInt(Integer::intValue).sum();
    Map<String, Integer> result = after(masters, moves);
    for (int i = 0; i < weights.size(); i++) {
      double exact = (double) total * weights.get(i) / weightSum;
      assertThat(result.get("m" + i)).isBetween((int) exact, (int) Math.ceil(exact));
    }
  }

  private static SlotHolder holder(String id, int first, int last) {
    return new SlotHolder(id, IntStream.rangeClosed(first, last).boxed().toList());
  }

  private static List<SlotHolder> with(List<SlotHolder> holders, SlotHolder more) {
    return Stream.concat(holders.stream(), Stream.of(more)).toList();
  }

  private static Map<String, Integer> counts(List<SlotMove> moves) {
    return moves.stream().collect(Collectors.toMap(SlotMove::from, move -> 1, Integer::sum));
  }

  /** How many slots each master owns when the moves are done. */
  private static Map<String, Integer> after(List<SlotHolder> masters, List<SlotMove> moves) {
    Map<String, Integer> counts = new HashMap<>();
    masters.forEach(master -> counts.put(master.id(), master.slots().size()));
    for (SlotMove move : moves) {
      counts.merge(move.from(), -1, Integer::sum);
      counts.merge(move.to(), 1, Integer::sum);
    }
    return counts;
  }
}
