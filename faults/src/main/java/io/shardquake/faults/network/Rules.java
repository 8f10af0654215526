package io.shardquake.faults.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes wrong where, as a whole: changed in one step, read without lock. Thread-safe. */
final class Rules {
  private final List<Rule> rules = new ArrayList<>();
  private volatile Map<Direction, Impairment> sums = Map.of();

  /** One impairment of some directions. */
  static final class Rule {
    private final List<Direction> where;
    private final Impairment what;

    Rule(List<Direction> where, Impairment what) {
      this.where = List.copyOf(where);
      this.what = what;
    }
  }

  synchronized void add(Rule rule) {
    rules.add(rule);
    sum();
  }

  synchronized void remove(Rule rule) {
    rules.remove(rule);
    sum();
  }

  private void sum() {
    Map<Direction, Impairment> now = new LinkedHashMap<>();
    for (Rule rule : rules) {
      rule.where.forEach(direction -> now.merge(direction, rule.what, Impairment::and));
    }
    sums = now;
  }

  Impairment of(Direction direction) {
    return sums.getOrDefault(direction, Impairment.NONE);
  }
}
