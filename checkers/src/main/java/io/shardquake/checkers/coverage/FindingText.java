package io.shardquake.checkers.coverage;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Words and data of findings about slots. */
final class FindingText {
  private static final int LONGEST_LIST = 60;

  private FindingText() {}

  static Finding finding(
      String kind,
      Finding.Severity severity,
      String summary,
      String explanation,
      Map<String, Value> data) {
    return new Finding(kind, severity, summary, explanation, List.of(), new Value.Mapping(data));
  }

  /** Data that every finding about a time has, to which a caller adds its own. */
  static Map<String, Value> between(long fromNanos, long untilNanos) {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("fromNanos", Value.of(fromNanos));
    data.put("toNanos", Value.of(untilNanos));
    return data;
  }

  static Map<String, Value> with(Map<String, Value> data, SlotSet slots) {
    data.put("slots", Value.of(slots.toString()));
    data.put("slotCount", Value.of(slots.size()));
    return data;
  }

  static Value names(List<String> names) {
    return Value.of(names.stream().map(Value::of).toList());
  }

  /** The slots for a sentence: all of them if they are few. */
  static String slots(SlotSet slots) {
    String list = slots.toString();
    if (slots.size() == 1) {
      return "slot " + list;
    }
    return list.length() <= LONGEST_LIST
        ? "slots " + list
        : slots.size() + " slots from " + list.substring(0, list.indexOf(','));
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
