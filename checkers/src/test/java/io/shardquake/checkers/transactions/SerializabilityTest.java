package io.shardquake.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * The checker against an enumeration of all serial orders. The system property {@code
 * shardquake.differential.cases} sets how many histories are tried.
 */
class SerializabilityTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 5_000);

  @Test
  void agreesWithTheEnumerationOfAllOrders() {
    int valid = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      History history =
          GeneratedTransactions.of(
              1 + random.nextInt(5),
              2 + random.nextInt(3),
              1 + random.nextInt(2),
              random.nextInt(4) == 0 ? 1 : 0.2,
              random.nextBoolean() ? 0 : 0.1,
              random);
      valid += agree(history, "seed " + seed) ? 1 : 0;
    }
    assertThat(valid).as("valid ones among %d", CASES).isBetween(CASES / 10, CASES * 9 / 10);
  }

  @Property(tries = 300)
  void agreesOnHistoriesOfAnyShape(
      @ForAll int seed,
      @ForAll @IntRange(min = 1, max = 6) int transactions,
      @ForAll @IntRange(min = 1, max = 4) int concurrency,
      @ForAll @IntRange(min = 1, max = 3) int lists,
      @ForAll @DoubleRange(min = 0, max = 1) double isolated) {
    agree(
        GeneratedTransactions.of(
            transactions, concurrency, lists, isolated, 0.05, new SplittableRandom(seed)),
        "seed " + seed);
  }

  private static boolean agree(History history, String which) {
    TransactionLog log = TransactionLog.of(history);
    Verdict strict = check(history, IsolationLevel.STRICT_SERIALIZABLE);
    if (strict.validity() == Validity.UNKNOWN) {
      return false;
    }
    boolean strictly = SerialOrders.exists(log, true);
    assertThat(strict.validity())
        .as("%s: strictly serializable? %s %s", which, strict.findings(), history)
        .isEqualTo(strictly ? Validity.VALID : Validity.INVALID);
    if (!strictly) {
      Verdict loose = check(history, IsolationLevel.SERIALIZABLE);
      assertThat(loose.validity())
          .as("%s: serializable? %s", which, loose.findings())
          .isEqualTo(SerialOrders.exists(log, false) ? Validity.VALID : Validity.INVALID);
    }
    return strictly;
  }

  private static Verdict check(History history, IsolationLevel level) {
    return new TransactionChecker(level).check(Evidence.of(history), Limits.DEFAULT);
  }
}
