package io.shardquake.checkers.durability;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects by failover the keys that were struck by it and by no other, and holds those of each
 * failover against each other. Slots that were also moved are left out. Not thread-safe.
 */
final class SharedCuts {
  /** The keys of one failover, by what is known of them. */
  private static final class Group {
    private final Cut cut;
    private final List<SharedCut.Key> losing = new ArrayList<>();
    private final List<SharedCut.Key> others = new ArrayList<>();

    Group(Cut cut) {
      this.cut = cut;
    }
  }

  private final History history;
  private final Tenures tenures;
  private final Allowance allowed;
  private final Map<String, Group> groups = new TreeMap<>();

  SharedCuts(History history, Tenures tenures, Allowance allowed) {
    this.history = history;
    this.tenures = tenures;
    this.allowed = allowed;
  }

  /**
   * Takes in a key that kept its own promises.
   *
   * @param cuts the failovers of its slot
   * @param losing whether one of them lost writes of it
   */
  void add(int key, List<Cut> cuts, boolean losing) {
    if (cuts.size() != 1 || cuts.get(0).migrating() || hasMoved(key)) {
      return;
    }
    Cut cut = cuts.get(0);
    Group group = groups.computeIfAbsent(cut.event(), event -> new Group(cut));
    Value name = history.keyValue(key);
    (losing ? group.losing : group.others).add(new SharedCut.Key(key, name));
  }

  /** While a slot moves, both masters answer for it, and samples tell only about when that was. */
  private boolean hasMoved(int key) {
    return tenures.of(slot(key)).stream()
        .anyMatch(tenure -> tenure.inheritance() == Tenure.Inheritance.MOVE);
  }

  private int slot(int key) {
    return KeySlot.of(history.keyValue(key)).orElseThrow();
  }

  /** One finding at most for each failover, except those in which holes are known already. */
  List<Finding> findings(Holes known) {
    List<Finding> findings = new ArrayList<>();
    for (Group group : groups.values()) {
      if (!known.isIn(group.cut)) {
        List<SharedCut.Key> keys = new ArrayList<>(group.losing);
        keys.addAll(group.others);
        long earliest = group.cut.lastInTouchNanos() - allowed.replicationLag().toNanos();
        new SharedCut(group.cut, earliest, keys, key -> story(key, group.cut))
            .finding()
            .ifPresent(findings::add);
      }
    }
    return findings;
  }

  private KeyStory story(int key, Cut cut) {
    return KeyStory.of(history, key, tenures.of(slot(key)), List.of(cut));
  }
}
