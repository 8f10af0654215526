package io.shardquake.harness.cli;

import io.shardquake.checkers.faultlog.FaultEvent;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which faults are going on, for people who watch. Thread-safe. */
public final class ActiveFaults {
  private final SortedMap<Integer, String> active = new TreeMap<>();

  /** A fault has got this far. */
  public synchronized void accept(FaultEvent event) {
    switch (event.phase()) {
      case INJECT, BIT ->
          active.put(event.fault(), event.kind() + " " + String.join(",", event.nodes()));
      case MISSED, SKIPPED, HEALED, HEAL_FAILED -> active.remove(event.fault());
      case HEAL -> active.computeIfPresent(event.fault(), (number, text) -> "healing " + text);
    }
  }

  /** All of them in words; empty if there are none. */
  @Override
  public synchronized String toString() {
    return String.join(" + ", active.values());
  }
}
