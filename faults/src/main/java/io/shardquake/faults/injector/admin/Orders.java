package io.shardquake.faults.injector.admin;

import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.faults.slots.SlotTransfer.Choice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How plans say which slots are to be moved, and how fast. */
final class Orders {
  static final String SLOTS = "slots";
  static final String PACE = "pace";
  static final String CHOICE = "choice";
  static final SortedMap<String, Parameter> PARAMETERS =
      new TreeMap<>(
          Map.of(
              SLOTS,
              Parameter.whole("how many, of each master that it strikes", "20", 1, 16384),
              CHOICE,
              Parameter.word(
                  "which: those with the most keys, or with the lowest numbers",
                  "fullest",
                  List.of("fullest", "lowest")),
              PACE,
              Parameter.word(
                  "fast, or slow: one key at a time, spread over 'for'",
                  "fast",
                  List.of("fast", "slow"))));

  private Orders() {}

  /** What a fault wants moved, at the pace that it names. */
  static SlotTransfer.Order of(Fault fault, FaultKind kind, String source, String target) {
    boolean slow = kind.value(fault, PACE).equals("slow");
    Duration pause = slow ? fault.duration().dividedBy(slots(fault, kind) + 1L) : Duration.ZERO;
    return of(fault, kind, source, target, pause);
  }

  /** What a fault wants moved, with this pause after each key and each slot. */
  static SlotTransfer.Order of(
      Fault fault, FaultKind kind, String source, String target, Duration pause) {
    Choice choice = Choice.valueOf(kind.value(fault, CHOICE).toUpperCase(Locale.ROOT));
    return new SlotTransfer.Order(source, target, slots(fault, kind), choice, pause);
  }

  private static int slots(Fault fault, FaultKind kind) {
    return Integer.parseInt(kind.value(fault, SLOTS));
  }

  /** In words. */
  static String moved(SlotTransfer.Progress progress) {
    return progress.slots() + " slots and " + progress.keys() + " keys";
  }
}
