package io.shardquake.checkers.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.durability.Tenure.Inheritance;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The explanation against an enumeration of everything that {@linkplain TwoNodes two nodes} can do
 * with one key. The system property {@code shardquake.differential.cases} sets how many histories
 * are tried.
 */
class ExplanationTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 20_000);
  private static final List<Tenure> TENURES =
      List.of(
          new Tenure(TwoNodes.MASTER, 0, 0, Inheritance.FIRST),
          new Tenure(TwoNodes.REPLICA, 0, 0, Inheritance.FAILOVER));

  @Test
  void agreesWithTheEnumerationOfAllExecutions() {
    int explicable = 0;
    for (int seed = 0; seed < CASES; seed++) {
      TwoNodes tried = generate(new SplittableRandom(seed));
      long lastInTouch = TwoNodes.nanos(tried.lastInTouch());
      long promoted = TwoNodes.nanos(tried.promoted());
      Cut cut = new Cut(TwoNodes.MASTER, TwoNodes.REPLICA, lastInTouch, promoted, true, false);
      KeyStory story = KeyStory.of(tried.history(), 0, TENURES, List.of(cut));

      boolean explained = new Explanation(story, Value.nil()).within(0).isPresent();
      boolean expected = tried.isPossible();

      assertThat(explained).as("seed %d: %s", seed, tried).isEqualTo(expected);
      explicable += expected ? 1 : 0;
    }
    assertThat(explicable)
        .as("explicable histories among %d: the mix must be good", CASES)
        .isBetween(CASES / 5, CASES * 4 / 5);
  }

  /**
   * Few operations on small numbers, so that chance makes enough that can and that cannot be
   * explained.
   */
  private static TwoNodes generate(SplittableRandom random) {
    long lastInTouch = 6L + random.nextInt(8);
    long promoted = lastInTouch + random.nextInt(6);
    int writes = 0;
    List<TwoNodes.Op> ops = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean first = random.nextInt(100) < 60;
      // All times differ: which of two ends at the same time comes first would be a matter of
      // order.
      long begin = first ? random.nextInt(14) : lastInTouch + random.nextInt(14);
      long from = begin * 100 + i;
      long to = random.nextInt(8) == 0 ? Long.MAX_VALUE : from + 10 + random.nextInt(5) * 100L;
      int kind = random.nextInt(10);
      int seen = random.nextInt(writes + 1);
      String node = first ? TwoNodes.MASTER : TwoNodes.REPLICA;
      if (kind < 4) {
        ops.add(new TwoNodes.Op("write", 0, 0, ++writes, node, from, to));
      } else if (kind < 5) {
        ops.add(new TwoNodes.Op("cas", 0, seen, ++writes, node, from, to));
      } else {
        ops.add(new TwoNodes.Op("read", 0, 0, seen, node, from, to));
      }
    }
    return new TwoNodes(ops, lastInTouch * 100 + 50, promoted * 100 + 50);
  }
}
