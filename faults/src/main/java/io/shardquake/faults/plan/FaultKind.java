package io.shardquake.faults.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kind of fault, for those who plan, check and list faults. Immutable.
 *
 * @param name kebab-case
 * @param summary what it does, in one line for {@code --list-faults}
 * @param mayBreak what it may break in a correct cluster, and what it must not, in prose
 * @param length what {@link Fault#duration()} means for it
 * @param aims whom a planner may let it strike; not empty
 * @param parameters what it takes beside, by name, each with one line that says what it means
 */
public record FaultKind(
    String name,
    String summary,
    String mayBreak,
    Length length,
    List<Aim> aims,
    SortedMap<String, String> parameters) {

  /** What a fault's duration means. */
  public enum Length {
    /** All nodes that it strikes are broken for this long, at the same time. */
    TOGETHER,
    /** Each node that it strikes is broken for this long, one after the other. */
    ONE_BY_ONE
  }

  /**
   * A selector that a planner may use.
   *
   * @param on whom to strike
   * @param least the calmest intensity at which this is not too much
   */
  public record Aim(Selector on, Intensity least) {}

  public FaultKind {
    aims = List.copyOf(aims);
    if (aims.isEmpty()) {
      throw new IllegalArgumentException("a planner could not aim a fault of kind " + name);
    }
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * The selectors for an intensity that mean somebody in a cluster of this shape; those of the
   * first aim if there is none.
   */
  List<Selector> aimsAt(Intensity intensity, ClusterShape shape) {
    List<Selector> fitting =
        aims.stream()
            .filter(aim -> aim.least().compareTo(intensity) <= 0)
            .map(Aim::on)
            .filter(on -> meansSomebody(on, shape))
            .toList();
    return fitting.isEmpty() ? List.of(aims.get(0).on()) : fitting;
  }

  private static boolean meansSomebody(Selector on, ClusterShape shape) {
    boolean replicas = shape.replicasPerMaster() > 0;
    return on.match(
        nodes -> nodes.numbers().stream().allMatch(number -> number <= shape.nodes()),
        group ->
            switch (group) {
              case RANDOM_REPLICA, ALL_REPLICAS -> replicas;
              case MINORITY -> shape.masters() > 2;
              default -> true;
            },
        related -> related.relation() != Selector.Relation.REPLICA || replicas);
  }
}
