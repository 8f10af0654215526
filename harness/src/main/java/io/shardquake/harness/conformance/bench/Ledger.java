package io.shardquake.harness.conformance.bench;

import io.shardquake.harness.conformance.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes down what became of the promises of one test. */
final class Ledger {
  private final Stand stand;
  private final Bench bench;
  private final List<String> open = new ArrayList<>();
  private final Supplier<Duration> elapsed;

  /** Those that the profile does not make are settled at once. */
  Ledger(Stand stand, Bench bench, String[] ids, Supplier<Duration> elapsed) {
    this.stand = stand;
    this.bench = bench;
    this.elapsed = elapsed;
    for (String id : ids) {
      Optional<String> reason = stand.profile().notPromised(id);
      if (reason.isPresent()) {
        add(id, Outcome.NOT_APPLICABLE, "profile " + stand.profile().name() + ": " + reason.get());
      } else {
        open.add(id);
      }
    }
  }

  boolean nothingPromised() {
    return open.isEmpty();
  }

  /**
   * The test has ended. What it settled before stays so; the first of the rest ended it, and of
   * those behind that nothing is known, unless all went well.
   */
  void settle(Outcome end, String detail) {
    Map<String, Optional<String>> settled = bench.settled();
    boolean first = true;
    for (String id : open) {
      if (settled.containsKey(id)) {
        Optional<String> why = settled.get(id);
        add(id, why.isEmpty() ? Outcome.KEPT : Outcome.NOT_APPLICABLE, why.orElse(""));
      } else if (first || end != Outcome.BROKEN) {
        add(id, end, detail);
        first = false;
      } else {
        add(id, Outcome.INCONCLUSIVE, "not reached: the test ended before, because " + detail);
      }
    }
  }

  private void add(String id, Outcome outcome, String detail) {
    stand.add(stand.promises().promise(id), outcome, detail, bench.evidence(), elapsed.get());
  }
}
