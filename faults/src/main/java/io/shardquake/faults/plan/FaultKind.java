package io.shardquake.faults.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
 * @param parameters what it takes beside, by name
 * @param needs what it is injected with; at least one
 * @param use when it may be planned
 */
public record FaultKind(
    String name,
    String summary,
    String mayBreak,
    Length length,
    List<Aim> aims,
    SortedMap<String, Parameter> parameters,
    List<Mechanism> needs,
    Use use) {

  /** Whether a planner may draw it. */
  public enum Use {
    /** Whatever it does, a correct cluster keeps its promises. */
    ANY,
    /**
     * It may break what the promises rest on, so that a broken promise proves nothing: only whoever
     * asks for it by name gets it.
     */
    BY_NAME
  }

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
   * @param parameters what it is given beside
   */
  public record Aim(Selector on, Intensity least, SortedMap<String, String> parameters) {
    public Aim {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** An aim without parameters. */
    public Aim(Selector on, Intensity least) {
      this(on, least, Collections.emptySortedMap());
    }

    /** The same with one parameter more. */
    public Aim with(String parameter, String value) {
      SortedMap<String, String> more = new TreeMap<>(parameters);
      more.put(parameter, value);
      return new Aim(on, least, more);
    }
  }

  public FaultKind {
    aims = List.copyOf(aims);
    if (aims.isEmpty()) {
      throw new IllegalArgumentException("a planner could not aim a fault of kind " + name);
    }
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    needs = List.copyOf(needs);
  }

  /** A kind that is done to processes and may be planned. */
  public FaultKind(
      String name,
      String summary,
      String mayBreak,
      Length length,
      List<Aim> aims,
      SortedMap<String, Parameter> parameters) {
    this(name, summary, mayBreak, length, aims, parameters, List.of(Mechanism.PROCESSES), Use.ANY);
  }

  /**
   * What a fault of this kind has for a parameter: its own value, or else the usual one.
   *
   * @throws IllegalArgumentException if this kind has no such parameter
   */
  public String value(Fault fault, String parameter) {
    return Optional.ofNullable(fault.parameters().get(parameter))
        .or(() -> Optional.ofNullable(parameters.get(parameter)).map(Parameter::usual))
        .orElseThrow(
            () -> new IllegalArgumentException(name + " has no parameter '" + parameter + "'"));
  }

  /**
   * The aims for an intensity that mean somebody in a cluster of this shape; the first if there is
   * none.
   */
  List<Aim> aimsAt(Intensity intensity, ClusterShape shape) {
    List<Aim> fitting =
        aims.stream()
            .filter(aim -> aim.least().compareTo(intensity) <= 0)
            .filter(aim -> meansSomebody(aim.on(), shape))
            .toList();
    return fitting.isEmpty() ? aims.subList(0, 1) : fitting;
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
