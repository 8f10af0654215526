package io.shardquake.harness.cluster.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.ClusterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slot 5 in every state that interruptions leave behind. Masters are a, b, c. */
final class SlotRepairTest {
  private final NavigableMap<String, SlotSituation.Master> masters = new TreeMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private final Map<String, String> replicas = new HashMap<>();
  private final List<String> believed = new ArrayList<>(List.of("a"));
  private final List<String> absent = new ArrayList<>();

  SlotRepairTest() {
    master("a", true, null, null);
    master("b", false, null, null);
    master("c", false, null, null);
  }

  @Test
  void leavesAClosedSlotAlone() throws Exception {
    keys.put("a", 10L);

    assertThat(SlotRepair.decide(situation(), false)).isEmpty();
  }

  @Test
  void finishesAMoveThatIsOpenOnBothSides() throws Exception {
    master("a", true, "b", null);
    master("b", false, null, "a");
    keys.putAll(Map.of("a", 7L, "b", 3L));

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), "b", List.of(), List.of()));
  }

  @Test
  void finishesEvenWhenNoKeyHasMovedYetForOneMayBeCreatedThereAnyMoment() throws Exception {
    master("a", true, "b", null);
    master("b", false, null, "a");

    assertThat(decide().target()).contains("b");
  }

  @Test
  void bringsKeysBackWhenTheSourceFailedOver() throws Exception {
    master("b", false, null, "dead-source");
    keys.putAll(Map.of("a", 7L, "b", 3L));

    assertThat(decide())
        .as("the owner serves everything: keys only flow to it")
        .isEqualTo(repair("a", false, List.of(), null, List.of("b"), List.of("b")));
  }

  @Test
  void finishesTowardsTheSuccessorOfATargetThatIsAReplicaNow() throws Exception {
    master("a", true, "old-target", null);
    replicas.put("old-target", "b");
    keys.putAll(Map.of("a", 7L, "b", 3L));

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), "b", List.of(), List.of()));
  }

  @Test
  void finishesTowardsTheNodeThatHoldsTheKeysWhenTheTargetIsGone() throws Exception {
    master("a", true, "dead-target", null);
    keys.putAll(Map.of("a", 7L, "c", 3L));

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), "c", List.of(), List.of()));
  }

  @Test
  void takesBackAMarkTowardsANodeThatExpectsNothingAndHoldsNothing() throws Exception {
    master("a", true, "b", null);
    keys.put("a", 7L);

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), null, List.of(), List.of("a")));
  }

  @Test
  void waitsForATargetThatCannotBeReachedAndMayHoldKeys() {
    master("a", true, "dead-target", null);
    absent.add("dead-target");

    assertThatThrownBy(this::decide)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("on its way to dead-target")
        .hasMessageContaining("--without-absent");
  }

  @Test
  void givesUpAnAbsentTargetWhenTold() throws Exception {
    master("a", true, "dead-target", null);
    absent.add("dead-target");

    assertThat(SlotRepair.decide(situation(), true))
        .contains(repair("a", false, List.of(), null, List.of(), List.of("a")));
  }

  @Test
  void gathersStrayKeysIntoTheTargetOfAMoveUnderWay() throws Exception {
    master("a", true, "b", null);
    master("b", false, null, "a");
    keys.putAll(Map.of("a", 7L, "b", 3L, "c", 1L));

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), "b", List.of("c"), List.of("c")));
  }

  @Test
  void gathersStrayKeysIntoTheOwner() throws Exception {
    keys.putAll(Map.of("a", 7L, "c", 1L));

    assertThat(decide()).isEqualTo(repair("a", false, List.of(), null, List.of("c"), List.of("c")));
  }

  @Test
  void takesAwayMarksThatAreLeftOver() throws Exception {
    master("a", true, null, "b");
    master("b", false, "a", null);

    assertThat(decide().clear()).containsExactly("a", "b");
  }

  @Test
  void givesASlotWithoutOwnerToTheNodeTheOthersBelieveIn() throws Exception {
    master("a", false, null, null);
    believed.set(0, "c");

    assertThat(decide()).isEqualTo(repair("c", true, List.of(), null, List.of(), List.of()));
  }

  @Test
  void givesASlotWithoutOwnerToTheNodeWithItsKeys() throws Exception {
    master("a", false, null, null);
    keys.put("b", 3L);

    assertThat(decide()).isEqualTo(repair("b", true, List.of(), null, List.of(), List.of()));
  }

  @Test
  void servesBothHoldersOfASlotWithoutOwnerFromTheFirstMoment() throws Exception {
    master("a", false, null, null);
    keys.putAll(Map.of("a", 1L, "b", 30L, "c", 4L));

    assertThat(decide())
        .as("c owns it on the way to b, which has most keys; the third one's are gathered")
        .isEqualTo(repair("c", true, List.of(), "b", List.of("a"), List.of("a")));
  }

  @Test
  void doesNotTakeTheSlotsOfANodeThatMayComeBack() throws Exception {
    master("a", false, null, null);
    absent.add("a");

    assertThatThrownBy(this::decide).hasMessageContaining("slot 5 belongs to a");
    assertThat(SlotRepair.decide(situation(), true)).isPresent();
  }

  @Test
  void letsTheHigherEpochWinAndKeepsTheLosersKeys() throws Exception {
    masters.put(
        "b",
        new SlotSituation.Master(true, 1, 9, Optional.empty(), Optional.empty(), Optional.of("b")));
    keys.putAll(Map.of("a", 7L, "b", 3L));

    assertThat(decide())
        .isEqualTo(repair("b", false, List.of("a"), null, List.of("a"), List.of("a")));
  }

  private void master(
      String id, boolean owns, @Nullable String migratingTo, @Nullable String importingFrom) {
    masters.put(
        id,
        new SlotSituation.Master(
            owns,
            5000,
            1,
            Optional.ofNullable(migratingTo),
            Optional.ofNullable(importingFrom),
            Optional.of("a")));
  }

  private SlotRepair decide() throws ClusterException {
    return SlotRepair.decide(situation(), false).orElseThrow();
  }

  private SlotSituation situation() {
    return new SlotSituation(5, masters, keys, replicas, believed, absent);
  }

  private static SlotRepair repair(
      String owner,
      boolean adopt,
      List<String> disown,
      @Nullable String target,
      List<String> gather,
      List<String> clear) {
    return new SlotRepair(5, owner, adopt, disown, Optional.ofNullable(target), gather, clear);
  }
}
