package io.shardquake.checkers.transactions;

import java.util.List;
import java.util.stream.Stream;

/** What may be wrong with transactions, by the names that Elle gives it. */
public enum Anomaly {
  /** A read returned an element twice. */
  DUPLICATE_ELEMENTS("duplicate-elements", IsolationLevel.READ_UNCOMMITTED),
  /** Two reads of a list of which neither begins with the other. */
  INCOMPATIBLE_ORDER("incompatible-order", IsolationLevel.READ_UNCOMMITTED),
  /** A read returned an element that nobody appended. */
  UNWRITTEN_ELEMENT("unwritten-element", IsolationLevel.READ_UNCOMMITTED),
  /** A list holds some of what one transaction appended, but not all of it, or in another order. */
  FRACTURED_APPENDS("fractured-appends", IsolationLevel.READ_ATOMIC),
  /** A transaction's read contradicts what it did or saw itself before. */
  INTERNAL("internal", IsolationLevel.READ_ATOMIC),
  /** Aborted read: an element of a transaction that failed was seen. */
  G1A("G1a", IsolationLevel.READ_COMMITTED),
  /** Intermediate read: the state between two appends of another transaction was seen. */
  G1B("G1b", IsolationLevel.READ_COMMITTED),
  /** Two transactions read the same version of a list, and both appended to it. */
  LOST_UPDATE("lost-update", IsolationLevel.SNAPSHOT_ISOLATION, IsolationLevel.REPEATABLE_READ),
  /** Transactions that overwrite each other in a circle. */
  G0("G0", IsolationLevel.READ_UNCOMMITTED),
  /** Information flows in a circle. */
  G1C("G1c", IsolationLevel.READ_COMMITTED),
  /** A circle with one anti-dependency: read skew. */
  G_SINGLE("G-single", IsolationLevel.SNAPSHOT_ISOLATION, IsolationLevel.REPEATABLE_READ),
  /** A circle with anti-dependencies, no two of them in a row. */
  G_NONADJACENT("G-nonadjacent", IsolationLevel.SNAPSHOT_ISOLATION, IsolationLevel.REPEATABLE_READ),
  /** A circle with anti-dependencies: write skew. */
  G2("G2", IsolationLevel.REPEATABLE_READ),
  G0_PROCESS("G0-process", IsolationLevel.STRONG_SESSION_SERIALIZABLE),
  G1C_PROCESS("G1c-process", IsolationLevel.STRONG_SESSION_SERIALIZABLE),
  G_SINGLE_PROCESS("G-single-process", IsolationLevel.STRONG_SESSION_SERIALIZABLE),
  G_NONADJACENT_PROCESS("G-nonadjacent-process", IsolationLevel.STRONG_SESSION_SERIALIZABLE),
  G2_PROCESS("G2-process", IsolationLevel.STRONG_SESSION_SERIALIZABLE),
  G0_REALTIME("G0-realtime", IsolationLevel.STRICT_SERIALIZABLE),
  G1C_REALTIME("G1c-realtime", IsolationLevel.STRICT_SERIALIZABLE),
  G_SINGLE_REALTIME("G-single-realtime", IsolationLevel.STRICT_SERIALIZABLE),
  G_NONADJACENT_REALTIME("G-nonadjacent-realtime", IsolationLevel.STRICT_SERIALIZABLE),
  G2_REALTIME("G2-realtime", IsolationLevel.STRICT_SERIALIZABLE);

  private final String title;
  private final IsolationLevel broken;
  private final IsolationLevel brokenToo;

  Anomaly(String title, IsolationLevel broken) {
    this(title, broken, broken);
  }

  Anomaly(String title, IsolationLevel broken, IsolationLevel brokenToo) {
    this.title = title;
    this.broken = broken;
    this.brokenToo = brokenToo;
  }

  /** The weakest levels that rule it out; none of them implies another. */
  public List<IsolationLevel> weakestBroken() {
    return broken == brokenToo ? List.of(broken) : List.of(broken, brokenToo);
  }

  /** Whether a level rules it out. */
  public boolean breaks(IsolationLevel level) {
    return level.implies(broken) || level.implies(brokenToo);
  }

  /** The same with the circle closed by what else orders transactions. */
  Anomaly closedBy(DependencyGraph.Order order) {
    String suffix =
        switch (order) {
          case DATA -> "";
          case PROCESS -> "-process";
          case REALTIME -> "-realtime";
        };
    return Stream.of(values())
        .filter(other -> other.title.equals(title + suffix))
        .findFirst()
        .orElseThrow();
  }

  /** Elle's name. */
  @Override
  public String toString() {
    return title;
  }
}
