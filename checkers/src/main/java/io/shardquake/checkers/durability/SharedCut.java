package io.shardquake.checkers.durability;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Holds the keys of a shard against each other after its one failover: all of them share one
 * replication stream, so that there is one moment for all keys at which the stream can have been
 * cut. That this is all there is to it is shown in {@code docs/durability.md}. Not thread-safe.
 */
final class SharedCut {
  private static final int TOLD = 5;

  /** What nobody has written: from it goes only what goes from any state. */
  private static final Value UNSEEN = new Value.Keyword("unseen");

  /**
   * A key of the shard.
   *
   * @param number which one
   * @param name its name
   */
  record Key(int number, Value name) {}

  private final Cut cut;
  private final Moments possible;
  private final List<Key> keys;
  private final IntFunction<KeyStory> stories;

  /**
   * @param earliest before which the cut cannot lie
   * @param keys those that can be explained each by itself; first the ones that allow little
   * @param stories makes the story of a key anew; each has this cut and no other
   */
  SharedCut(Cut cut, long earliest, List<Key> keys, IntFunction<KeyStory> stories) {
    this.cut = cut;
    this.possible = possible(cut, earliest);
    this.keys = List.copyOf(keys);
    this.stories = stories;
  }

  private static Moments possible(Cut cut, long earliest) {
    long last = cut.promotedNanos();
    return Moments.between(Math.min(Math.max(0, earliest), last), last);
  }

  /** What is wrong if no moment will do for all keys. */
  Optional<Finding> finding() {
    Moments left = possible;
    Set<Key> narrowing = new LinkedHashSet<>();
    int content = 0;
    for (int next = 0; content < keys.size(); next = (next + 1) % keys.size()) {
      Key key = keys.get(next);
      KeyStory story = stories.apply(key.number());
      if (allows(story, left.last())) {
        content++;
      } else {
        narrowing.add(key);
        left = allowed(story, left);
        if (left.isEmpty()) {
          return Optional.of(finding(key, narrowing));
        }
        // It allows whatever is left.
        content = 1;
      }
    }
    return Optional.empty();
  }

  private static Moments allowed(KeyStory story, Moments among) {
    return among.where(story.lineages().get(0).times(), moment -> allows(story, moment));
  }

  /**
   * Whether the cut can lie at a moment: then the new owner has all that was acknowledged before,
   * and nothing that was invoked after it.
   */
  private static boolean allows(KeyStory story, long moment) {
    Lineage old = story.lineages().get(0);
    Lineage next = story.lineages().get(1);
    List<Value> inherited = next.inherited();
    try {
      if (inherited.isEmpty() && next.isLinearizableFrom(UNSEEN)) {
        return old.isLinearizableFrom(Value.nil());
      }
      return inherited.size() < 2
          && starts(old).stream()
              .filter(start -> inherited.isEmpty() || inherited.contains(start))
              .anyMatch(
                  start ->
                      next.isLinearizableFrom(start)
                          && old.canLeave(Value.nil(), start, moment, moment));
    } catch (UndecidedException e) {
      // Nothing is held against the cluster that was not shown.
      return true;
    }
  }

  private static List<Value> starts(Lineage old) {
    List<Value> starts = new ArrayList<>(old.written());
    starts.add(Value.nil());
    return starts;
  }

  private Finding finding(Key last, Set<Key> narrowing) {
    return allowed(stories.apply(last.number()), possible).isEmpty()
        ? fromTheDead(last)
        : hole(narrowing);
  }

  private Finding fromTheDead(Key key) {
    return new Finding(
        Loss.Kind.RETURNED_FROM_THE_DEAD.text(),
        Severity.VIOLATION,
        "%s was answered by %s and %s as if they had one copy of the data after the failover, too"
            .formatted(key.name(), cut.from(), cut.to()),
        "One saw what the other cannot have had: " + cut.describe(List.of()) + ".",
        List.of(),
        data(Set.of(key)));
  }

  private Finding hole(Set<Key> narrowing) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        What a failover loses is the end of one stream, the same for all keys of the shard: there is one moment \
        before which every acknowledged write was kept, and after which no write was begun that was kept.""");
    narrowing.stream()
        .limit(TOLD)
        .forEach(
            key ->
                text.append("\nFor ")
                    .append(key.name())
                    .append(" it can lie ")
                    .append(allowed(stories.apply(key.number()), possible).inWords())
                    .append('.'));
    return new Finding(
        Holes.KIND,
        Severity.VIOLATION,
        "no moment of failure explains what the failover from %s to %s kept and lost of %d keys"
            .formatted(cut.from(), cut.to(), narrowing.size()),
        text.toString(),
        List.of(),
        data(narrowing));
  }

  private Value.Mapping data(Set<Key> about) {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("failover", Value.of(cut.event()));
    data.put("keys", Value.of(about.stream().map(Key::name).toList()));
    return new Value.Mapping(data);
  }
}
