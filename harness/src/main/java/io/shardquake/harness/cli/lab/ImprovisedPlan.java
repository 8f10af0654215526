package io.shardquake.harness.cli.lab;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been done to a cluster by hand, as a plan that does the same again: every fault at the
 * time at which it was ordered, for as long as it lasted. Thread-safe.
 */
final class ImprovisedPlan {
  private static final long MILLI = 1_000_000;

  private final List<Fault> faults;
  private final Map<Integer, Long> injected = new HashMap<>();

  /**
   * @param planned what was to happen anyway
   */
  ImprovisedPlan(FaultPlan planned) {
    this.faults = new ArrayList<>(planned.faults());
  }

  /** A fault more; its number is the next one. */
  synchronized void add(Fault fault) {
    faults.add(fault);
  }

  /** A fault has got this far. */
  synchronized void observe(FaultEvent event) {
    int number = event.fault();
    if (number < 0 || number >= faults.size()) {
      return;
    }
    switch (event.phase()) {
      case INJECT -> injected.put(number, event.timeNanos());
      case HEAL -> {
        Fault fault = faults.get(number);
        long lasted = event.timeNanos() - injected.getOrDefault(number, event.timeNanos());
        Duration whole = Duration.ofNanos(lasted / MILLI * MILLI);
        if (whole.compareTo(fault.duration()) < 0) {
          faults.set(
              number,
              new Fault(
                  fault.kind(), fault.on(), fault.at(), whole, fault.draw(), fault.parameters()));
        }
      }
      case BIT, MISSED, SKIPPED, HEALED, HEAL_FAILED -> {}
    }
  }

  /** What there is so far. */
  synchronized FaultPlan plan() {
    return new FaultPlan(faults);
  }
}
