package io.shardquake.checkers.coverage;

import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A master that says of itself that it owns slots. It certainly did from {@code fromNanos} to
 * {@code lastNanos}; whether still afterwards, up to the next sample, nobody knows.
 */
record Claim(String node, SlotSet slots, long configEpoch, long fromNanos, long lastNanos) {

  /**
   * Slots that two masters claimed at the same time, each for itself.
   *
   * @param first the one with the smaller config epoch
   * @param fromNanos when both were first known to claim them
   * @param lastNanos when both were last known to
   */
  record Conflict(Claim first, Claim second, SlotSet slots, long fromNanos, long lastNanos) {
    boolean sameEpoch() {
      return first.configEpoch() == second.configEpoch();
    }

    private boolean continues(Conflict earlier) {
      return first.node().equals(earlier.first.node())
          && second.node().equals(earlier.second.node())
          && first.configEpoch() == earlier.first.configEpoch()
          && second.configEpoch() == earlier.second.configEpoch()
          && slots.equals(earlier.slots);
    }
  }

  /** Every claim, by time. */
  static List<Claim> of(ClusterTimeline timeline) {
    List<Claim> claims = new ArrayList<>();
    for (ViewPeriod period : timeline.all()) {
      Optional<NodeView> myself = period.view().flatMap(view -> view.myself());
      if (myself.isPresent() && myself.get().is(NodeFlag.MASTER)) {
        NodeView node = myself.get();
        if (!node.slots().isEmpty()) {
          claims.add(
              new Claim(
                  period.observer(),
                  SlotSet.of(node.slots()),
                  node.configEpoch(),
                  period.fromNanos(),
                  period.lastNanos()));
        }
      }
    }
    claims.sort(Comparator.comparingLong(Claim::fromNanos).thenComparing(Claim::node));
    return claims;
  }

  /** Conflicts among claims that are in order of time. */
  static List<Conflict> conflicts(List<Claim> claims) {
    List<Conflict> conflicts = new ArrayList<>();
    List<Claim> current = new ArrayList<>();
    for (Claim claim : claims) {
      current.removeIf(earlier -> earlier.lastNanos() < claim.fromNanos());
      for (Claim earlier : current) {
        if (!earlier.node().equals(claim.node()) && earlier.slots().intersects(claim.slots())) {
          add(conflicts, conflict(earlier, claim));
        }
      }
      current.add(claim);
    }
    return conflicts;
  }

  private static Conflict conflict(Claim a, Claim b) {
    boolean ordered =
        a.configEpoch() != b.configEpoch()
            ? a.configEpoch() < b.configEpoch()
            : a.node().compareTo(b.node()) < 0;
    return new Conflict(
        ordered ? a : b,
        ordered ? b : a,
        a.slots().and(b.slots()),
        Math.max(a.fromNanos(), b.fromNanos()),
        Math.min(a.lastNanos(), b.lastNanos()));
  }

  /** A view that changes elsewhere starts a new claim; the conflict goes on. */
  private static void add(List<Conflict> conflicts, Conflict next) {
    for (int i = conflicts.size() - 1; i >= 0; i--) {
      Conflict earlier = conflicts.get(i);
      if (next.continues(earlier)) {
        conflicts.set(
            i,
            new Conflict(
                next.first(),
                next.second(),
                next.slots(),
                Math.min(earlier.fromNanos(), next.fromNanos()),
                Math.max(earlier.lastNanos(), next.lastNanos())));
        return;
      }
    }
    conflicts.add(next);
  }
}
