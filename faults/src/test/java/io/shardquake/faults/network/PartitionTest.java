package io.shardquake.faults.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PartitionTest {
  private static final List<String> SIX = names(6);
  private static final Set<Plane> BUS = EnumSet.of(Plane.BUS);

  private static List<String> names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "n" + i).toList();
  }

  private static List<String> cuts(
      PartitionShape shape, List<String> all, List<String> struck, Ways ways) {
    return shape.cuts(all, struck, ways, 1).stream()
        .map(cut -> cut.from() + ">" + cut.to())
        .toList();
  }

  /** The node itself, and all that it hears. */
  private static Set<String> heard(String node, List<String> among, List<Cut> cuts) {
    Set<String> heard = new TreeSet<>(among);
    cuts.stream().filter(cut -> cut.to().equals(node)).forEach(cut -> heard.remove(cut.from()));
    return heard;
  }

  @Test
  void isolatesOne() {
    assertThat(cuts(PartitionShape.APART, names(3), List.of("n2"), Ways.BOTH))
        .containsExactlyInAnyOrder("n2>n1", "n2>n3", "n1>n2", "n3>n2");
  }

  @Test
  void cutsOneWay() {
    assertThat(cuts(PartitionShape.APART, names(3), List.of("n2"), Ways.OUT))
        .containsExactlyInAnyOrder("n2>n1", "n2>n3");
    assertThat(cuts(PartitionShape.APART, names(3), List.of("n2"), Ways.IN))
        .containsExactlyInAnyOrder("n1>n2", "n3>n2");
  }

  @Test
  void leavesTheStruckTogetherOrScattersThem() {
    assertThat(cuts(PartitionShape.APART, SIX, List.of("n1", "n2"), Ways.BOTH))
        .doesNotContain("n1>n2", "n2>n1")
        .hasSize(16);
    assertThat(cuts(PartitionShape.SCATTERED, SIX, List.of("n1", "n2"), Ways.BOTH))
        .contains("n1>n2", "n2>n1")
        .hasSize(18);
  }

  @Test
  void concernsNobodyButTheStruckWhenItHalvesThem() {
    assertThat(cuts(PartitionShape.HALVES, SIX, List.of("n1", "n2"), Ways.BOTH))
        .containsExactlyInAnyOrder("n1>n2", "n2>n1");
  }

  @Property
  void halvesIntoTwoSidesThatHearThemselvesOnly(
      @ForAll @IntRange(min = 2, max = 12) int size, @ForAll long draw) {
    List<String> all = names(size);
    List<Cut> cuts = PartitionShape.HALVES.cuts(all, all, Ways.BOTH, draw);

    Set<Set<String>> sides = new HashSet<>();
    all.forEach(node -> sides.add(heard(node, all, cuts)));

    assertThat(sides).hasSize(2);
    assertThat(sides)
        .allSatisfy(side -> assertThat(side.size()).isBetween(size / 2, size - size / 2));
  }

  @Property
  void leavesOneBridge(@ForAll @IntRange(min = 3, max = 12) int size, @ForAll long draw) {
    List<String> all = names(size);
    List<Cut> cuts = PartitionShape.BRIDGE.cuts(all, all, Ways.BOTH, draw);

    List<String> bridges =
        all.stream().filter(node -> heard(node, all, cuts).size() == size).toList();

    assertThat(bridges).hasSize(1);
    assertThat(cuts).isNotEmpty();
  }

  @Property
  void letsEachHearAMajorityOfItsOwn(
      @ForAll @IntRange(min = 3, max = 13) int size, @ForAll long draw) {
    List<String> all = names(size);
    List<Cut> cuts = PartitionShape.MAJORITIES_RING.cuts(all, all, Ways.BOTH, draw);

    Set<Set<String>> majorities = new HashSet<>();
    for (String node : all) {
      assertThat(heard(node, all, cuts)).contains(node).hasSize(size / 2 + 1);
      majorities.add(heard(node, all, cuts));
    }
    assertThat(majorities).as("no two hear the same").hasSize(size);
  }

  @Property
  void namesEachCutOnceAndNobodyTwice(
      @ForAll PartitionShape shape,
      @ForAll Ways ways,
      @ForAll @IntRange(max = 8) int size,
      @ForAll @IntRange(max = 8) int struck,
      @ForAll long draw) {
    List<String> all = names(size);

    List<Cut> cuts = shape.cuts(all, all.subList(0, Math.min(size, struck)), ways, draw);

    assertThat(cuts).doesNotHaveDuplicates();
    assertThat(cuts).noneMatch(cut -> cut.from().equals(cut.to()));
  }

  @Property
  void isTheSameForTheSameDrawWhateverTheOrder(@ForAll PartitionShape shape, @ForAll long draw) {
    List<String> reversed = new ArrayList<>(SIX);
    java.util.Collections.reverse(reversed);

    assertThat(shape.cuts(SIX, SIX, Ways.BOTH, draw))
        .containsExactlyInAnyOrderElementsOf(shape.cuts(SIX, reversed, Ways.BOTH, draw));
  }

  @Test
  void cutsThePlanesThatItIsToldTo() {
    Partition bus = new Partition(PartitionShape.APART, Ways.OUT, BUS);
    Partition clients = new Partition(PartitionShape.APART, Ways.BOTH, EnumSet.of(Plane.CLIENT));
    Partition all = new Partition(PartitionShape.APART, Ways.OUT, EnumSet.allOf(Plane.class));

    assertThat(bus.directions(names(2), List.of("n1"), 1))
        .containsExactly(new Direction("n1", "n2", Plane.BUS));
    assertThat(clients.directions(names(2), List.of("n1"), 1))
        .containsExactlyInAnyOrder(
            new Direction("clients", "n1", Plane.CLIENT),
            new Direction("n1", "clients", Plane.CLIENT));
    assertThat(all.directions(names(2), List.of("n1"), 1))
        .containsExactlyInAnyOrder(
            new Direction("n1", "clients", Plane.CLIENT),
            new Direction("n1", "n2", Plane.REPLICATION),
            new Direction("n1", "n2", Plane.BUS));
  }

  @Test
  void cutsClientsOffFromEveryNode() {
    Partition clients = new Partition(PartitionShape.APART, Ways.IN, EnumSet.of(Plane.CLIENT));

    assertThat(clients.directions(SIX, SIX, 1)).hasSize(6);
  }
}
