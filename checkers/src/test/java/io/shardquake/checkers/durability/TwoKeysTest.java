package io.shardquake.checkers.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologyScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The whole checker against an enumeration of everything that {@linkplain TwoNodes two nodes} can
 * do with two keys. The system property {@code shardquake.differential.cases} sets how many
 * histories are tried.
 */
class TwoKeysTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 5_000);
  private static final DurabilityChecker CHECKER =
      new DurabilityChecker(new Allowance(Duration.ofSeconds(2), Duration.ZERO));

  @Test
  void agreesWithTheEnumerationOfAllExecutions() {
    int explicable = 0;
    int together = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TwoNodes tried = random.nextInt(4) == 0 ? writesInTurn(random) : anything(random);
      boolean expected = tried.isPossible();

      Verdict verdict = CHECKER.check(evidence(tried), Limits.DEFAULT);

      assertThat(verdict.validity())
          .as("seed %d: %s: %s", seed, tried, verdict.findings())
          .isEqualTo(expected ? Validity.VALID : Validity.INVALID);
      explicable += expected ? 1 : 0;
      together += !expected && tried.isPossibleForEachKey() ? 1 : 0;
    }
    assertThat(explicable)
        .as("explicable histories among %d: the mix must be good", CASES)
        .isBetween(CASES / 5, CASES * 4 / 5);
    assertThat(together)
        .as("histories of which each key can be explained, and both together cannot")
        .isGreaterThan(CASES / 100);
  }

  /** Few operations on small numbers, so that chance makes enough of either kind. */
  private static TwoNodes anything(SplittableRandom random) {
    long lastInTouch = 4L + random.nextInt(6);
    long promoted = lastInTouch + random.nextInt(8);
    int[] writes = new int[TwoNodes.KEYS.size()];
    List<TwoNodes.Op> ops = new ArrayList<>();
    int count = 2 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean first = random.nextInt(100) < 60;
      // All times differ: which of two at the same time comes first would be a matter of order.
      long begin = first ? random.nextInt(16) : lastInTouch + 1 + random.nextInt(14);
      long from = begin * 100 + i;
      long to = random.nextInt(8) == 0 ? Long.MAX_VALUE : from + 10 + random.nextInt(3) * 100L;
      int kind = random.nextInt(10);
      int key = random.nextInt(TwoNodes.KEYS.size());
      int seen = random.nextInt(writes[key] + 1);
      String node = first ? TwoNodes.MASTER : TwoNodes.REPLICA;
      if (first && kind < 6) {
        ops.add(new TwoNodes.Op("write", key, 0, ++writes[key], node, from, to));
      } else if (kind < 2) {
        ops.add(new TwoNodes.Op("cas", key, seen, ++writes[key], node, from, to));
      } else {
        ops.add(new TwoNodes.Op("read", key, 0, seen, node, from, to));
      }
    }
    return new TwoNodes(ops, lastInTouch * 100 + 50, promoted * 100 + 50);
  }

  /** Writes one after another, of which both keys are looked for at the new owner. */
  private static TwoNodes writesInTurn(SplittableRandom random) {
    int[] writes = new int[TwoNodes.KEYS.size()];
    List<TwoNodes.Op> ops = new ArrayList<>();
    long time = 1_000;
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(TwoNodes.KEYS.size());
      long to = time + 10 + random.nextInt(3) * 100L;
      ops.add(new TwoNodes.Op("write", key, 0, ++writes[key], TwoNodes.MASTER, time, to));
      time += 101;
    }
    for (int key = 0; key < TwoNodes.KEYS.size(); key++) {
      int seen = random.nextInt(writes[key] + 1);
      ops.add(new TwoNodes.Op("read", key, 0, seen, TwoNodes.REPLICA, 2_000 + key, 2_100 + key));
    }
    return new TwoNodes(ops, 955 + random.nextInt(3) * 100L, 1_950);
  }

  private static Evidence evidence(TwoNodes tried) {
    String before = TwoNodes.MASTER + " m1 0-16383";
    String replica = TwoNodes.REPLICA + " s:" + TwoNodes.MASTER + " e1";
    TopologyLog topology =
        new TopologyScript()
            .says(0, TwoNodes.MASTER, before, replica)
            .says(0, TwoNodes.REPLICA, before, replica)
            .says(tried.lastInTouch(), TwoNodes.REPLICA, before, replica)
            .says(
                tried.promoted(),
                TwoNodes.REPLICA,
                TwoNodes.MASTER + " m1",
                TwoNodes.REPLICA + " m2 0-16383")
            .log();
    FaultEvent kill =
        new FaultEvent(
            TwoNodes.nanos(tried.lastInTouch()),
            0,
            Phase.INJECT,
            "kill",
            List.of(TwoNodes.MASTER),
            "",
            Value.Mapping.EMPTY);
    return new Evidence(tried.history(), topology, new FaultLog(List.of(kill)));
  }
}
