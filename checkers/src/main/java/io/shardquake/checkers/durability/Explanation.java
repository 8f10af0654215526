package io.shardquake.checkers.durability;

import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for values that the successive owners of a key's slot can have started from, so that each
 * one's part of the history is linearizable and each started from a prefix of what the one before
 * had executed. Not thread-safe.
 */
final class Explanation {
  /** No write has to be kept. */
  static final long ANY_LAG = Long.MAX_VALUE;

  /**
   * What the owner after a failover started from.
   *
   * @param value the state of the key
   * @param origin the number of the lineage whose prefix leaves it. As a rule that of the old
   *     owner; an earlier one if the replica that was promoted had never caught up with it
   */
  record Start(Value value, int origin) {}

  private final KeyStory story;
  private final Value initial;
  private final Set<String> failed = new HashSet<>();
  private long lag;

  Explanation(KeyStory story, Value initial) {
    this.story = story;
    this.initial = initial;
  }

  /**
   * What the owners after each failover started from, if at most what was acknowledged within
   * {@code lagNanos} before the owners lost touch was lost.
   */
  Optional<List<Start>> within(long lagNanos) {
    this.lag = lagNanos;
    failed.clear();
    List<Start> path = new ArrayList<>();
    return explain(path) ? Optional.of(path) : Optional.empty();
  }

  /** The lineage that is not linearizable from whatever value; empty if there is none. */
  Optional<Integer> brokenLineage() {
    for (int i = 0; i < story.lineages().size(); i++) {
      Lineage lineage = story.lineages().get(i);
      List<Value> inherited = lineage.inherited();
      boolean mixed = i > 0 && inherited.size() > 1;
      Value from = i == 0 || inherited.isEmpty() ? initial : inherited.get(0);
      if (!mixed && !lineage.isLinearizableFrom(from)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Continues a path of starts to the end; leaves it as it was if that cannot be done. */
  private boolean explain(List<Start> path) {
    int number = path.size();
    String situation = situation(number, path);
    if (failed.contains(situation)) {
      return false;
    }
    boolean explained =
        number == story.cuts().size()
            ? story.lineages().get(number).isLinearizableFrom(stateOf(number, path))
            : explainFailover(number, path);
    if (!explained) {
      failed.add(situation);
    }
    return explained;
  }

  /**
   * All that the rest depends on: what the lineages started from that a later owner may still start
   * from. One that must be kept from now on hides those before it, since what must be kept at one
   * failover must be at all later ones.
   */
  private String situation(int number, List<Start> path) {
    int oldest = number;
    if (number < story.cuts().size()) {
      Cut cut = story.cuts().get(number);
      while (oldest > 0 && !mustKeep(story.lineages().get(oldest), cut)) {
        oldest--;
      }
    }
    List<Value> starts = new ArrayList<>();
    for (int lineage = oldest; lineage <= number; lineage++) {
      starts.add(stateOf(lineage, path));
    }
    return number + ": " + starts;
  }

  private Value stateOf(int lineage, List<Start> path) {
    return lineage == 0 ? initial : path.get(lineage - 1).value();
  }

  private boolean explainFailover(int number, List<Start> path) {
    Cut cut = story.cuts().get(number);
    for (int origin = number; origin >= 0; origin--) {
      for (Value left : candidates(number, origin, stateOf(origin, path))) {
        if (canLeave(origin, cut, stateOf(origin, path), left)) {
          path.add(new Start(left, origin));
          if (explain(path)) {
            return true;
          }
          path.remove(number);
        }
      }
      if (mustKeep(story.lineages().get(origin), cut)) {
        break;
      }
    }
    return false;
  }

  /** Whether something was acknowledged here so early that no later owner may lack it. */
  private boolean mustKeep(Lineage lineage, Cut cut) {
    return lineage.acknowledgements().stream().anyMatch(time -> time < keptBefore(cut));
  }

  private long keptBefore(Cut cut) {
    long after = lag == ANY_LAG ? 0 : Math.max(0, cut.lastInTouchNanos() - lag);
    return Math.min(after, cut.promotedNanos());
  }

  private List<Value> candidates(int number, int origin, Value from) {
    List<Value> inherited = story.lineages().get(number + 1).inherited();
    if (inherited.size() > 1) {
      return List.of();
    }
    List<Value> possible = new ArrayList<>(story.lineages().get(origin).written());
    if (!possible.contains(from)) {
      possible.add(from);
    }
    if (story.cuts().get(number).migrating() && !possible.contains(Value.nil())) {
      possible.add(Value.nil());
    }
    possible.removeIf(value -> !inherited.isEmpty() && !inherited.contains(value));
    return possible;
  }

  private boolean canLeave(int origin, Cut cut, Value from, Value left) {
    Lineage lineage = story.lineages().get(origin);
    if (cut.migrating() && left.isNil()) {
      return lineage.isLinearizableFrom(from);
    }
    long before = story.cuts().get(origin).promotedNanos();
    return lineage.canLeave(from, left, Math.min(keptBefore(cut), before), before);
  }
}
