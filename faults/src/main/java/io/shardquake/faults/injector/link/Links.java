package io.shardquake.faults.injector.link;

import io.shardquake.faults.network.Partition;
import io.shardquake.faults.network.PartitionShape;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.network.Ways;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How plans say which links they mean: shape, ways, planes. */
final class Links {
  static final String SHAPE = "shape";
  static final String WAYS = "ways";
  static final String PLANES = "planes";

  /** Everything, which also is what most kinds mean where nothing is said. */
  static final List<Plane> ALL = List.of(Plane.CLIENT, Plane.REPLICATION, Plane.BUS);

  static final String ALL_PLANES = "clients,replication,bus";

  /** What kinds are injected with that only cut links. */
  static final List<Mechanism> CUTS = List.of(Mechanism.LINKS);

  /** What all other kinds here are injected with. */
  static final List<Mechanism> NEEDS = List.of(Mechanism.LINKS, Mechanism.LINK_PROXY);

  private Links() {}

  /**
   * The parameters that say which links.
   *
   * @param usual planes, joined by commas
   * @param planes that can be meant at all
   * @param more parameters to be added
   */
  static SortedMap<String, Parameter> parameters(
      String usual, List<Plane> planes, Map<String, Parameter> more) {
    SortedMap<String, Parameter> all = new TreeMap<>(more);
    all.put(
        SHAPE,
        Parameter.word(
            "who is separated from whom: apart, the struck from all others; scattered, each of them"
                + " from everybody; halves, bridge, majorities-ring, among the struck",
            PartitionShape.APART.toString(),
            names(PartitionShape.values())));
    all.put(
        WAYS,
        Parameter.word(
            "both; in, what comes to the struck side; out, what comes from it",
            Ways.BOTH.toString(),
            names(Ways.values())));
    all.put(
        PLANES,
        Parameter.words(
            "what connections are for; of " + names(planes.toArray()),
            usual,
            names(planes.toArray())));
    return all;
  }

  /** Which links a fault means. */
  static Partition partition(Fault fault, FaultKind kind) {
    List<String> planes = Parameter.split(kind.value(fault, PLANES));
    return new Partition(
        one(PartitionShape.values(), kind.value(fault, SHAPE)),
        one(Ways.values(), kind.value(fault, WAYS)),
        Set.copyOf(planes.stream().map(plane -> one(Plane.values(), plane)).toList()));
  }

  private static <T> T one(T[] values, String name) {
    Optional<T> found =
        Arrays.stream(values).filter(value -> value.toString().equals(name)).findFirst();
    return found.orElseThrow(
        () -> new IllegalArgumentException("'" + name + "' is none of " + names(values)));
  }

  private static <T> List<String> names(T[] values) {
    return Arrays.stream(values).map(String::valueOf).collect(Collectors.toList());
  }
}
