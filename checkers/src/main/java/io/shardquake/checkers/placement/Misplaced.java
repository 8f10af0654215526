package io.shardquake.checkers.placement;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one node answered though it was not responsible. Not thread-safe. */
final class Misplaced {
  private static final int OPERATIONS_TOLD = 20;

  private record Span(long firstCompleted, long lastInvoked) {
    Span with(Span other) {
      return new Span(
          Math.min(firstCompleted, other.firstCompleted), Math.max(lastInvoked, other.lastInvoked));
    }
  }

  private final String node;
  private final Map<Integer, Span> slots = new TreeMap<>();
  private final List<Long> operations = new ArrayList<>();
  private long count;
  private long from = Long.MAX_VALUE;
  private long to;

  Misplaced(String node) {
    this.node = node;
  }

  void add(int slot, long operation, long invoked, long completed) {
    slots.merge(slot, new Span(completed, invoked), Span::with);
    if (operations.size() < OPERATIONS_TOLD) {
      operations.add(operation);
    }
    count++;
    from = Math.min(from, invoked);
    to = Math.max(to, completed);
  }

  Finding finding(Tenures tenures) {
    boolean proven =
        slots.values().stream()
            .anyMatch(span -> tenures.heard(node, span.firstCompleted(), span.lastInvoked()));
    SlotSet set =
        SlotSet.of(slots.keySet().stream().map(slot -> new SlotRange(slot, slot)).toList());
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("fromNanos", Value.of(from));
    data.put("toNanos", Value.of(to));
    data.put("node", Value.of(node));
    data.put("slots", Value.of(set.toString()));
    data.put("count", Value.of(count));
    return new Finding(
        "served-by-wrong-node",
        proven ? Finding.Severity.VIOLATION : Finding.Severity.HAZARD,
        node + " answered " + count + " operations on slots that nobody said it owned or imported",
        proven
            ? node + " said before, between and after the answers that it does not own the slots."
            : node
                + " said before and after the answers that it does not own the slots; it may have"
                + " in between.",
        operations,
        new Value.Mapping(data));
  }
}
