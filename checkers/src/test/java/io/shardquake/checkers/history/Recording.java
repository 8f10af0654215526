package io.shardquake.checkers.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes histories by hand, in milliseconds; events are put in order of time when it is done. */
public final class Recording {
  private record Event(long timeNanos, int order, int row, boolean isEnd) {}

  private record Entry(int process, String function, String key, String outcome, String node) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  /**
   * One operation.
   *
   * @param outcome {@code ok}, {@code fail:ERROR} or {@code info:ERROR}
   */
  public Recording op(
      int process, String function, String key, long from, long to, String outcome) {
    return op(process, function, key, from, to, outcome, "n1");
  }

  public Recording op(
      int process, String function, String key, long from, long to, String outcome, String node) {
    int row = entries.size();
    entries.add(new Entry(process, function, key, outcome, node));
    events.add(new Event(from * 1_000_000, events.size(), row, false));
    events.add(new Event(to * 1_000_000, events.size(), row, true));
    return this;
  }

  /** An operation that never ends. */
  public Recording open(int process, String function, String key, long from) {
    int row = entries.size();
    entries.add(new Entry(process, function, key, "", ""));
    events.add(new Event(from * 1_000_000, events.size(), row, false));
    return this;
  }

  public History history() {
    List<Event> ordered = new ArrayList<>(events);
    ordered.sort(Comparator.comparingLong(Event::timeNanos).thenComparing(Event::order));
    History.Builder history = new History.Builder();
    long index = 0;
    for (Event event : ordered) {
      Entry entry = entries.get(event.row());
      if (event.isEnd()) {
        history.complete(entry.process(), completion(index, event.timeNanos(), entry));
      } else {
        history.invoke(
            new Invocation(
                index,
                event.timeNanos(),
                entry.process(),
                entry.function(),
                Value.of(entry.key()),
                Value.nil()));
      }
      index++;
    }
    return history.build();
  }

  private static Completion completion(long index, long time, Entry entry) {
    Attribution by = new Attribution(List.of(entry.node()), entry.node().equals("n1") ? 0 : 1);
    String[] outcome = entry.outcome().split(":", 2);
    return switch (outcome[0]) {
      case "ok" -> new Completion.Ok(index, time, Value.nil(), by);
      case "fail" -> new Completion.Fail(index, time, outcome[1], by);
      default -> new Completion.Info(index, time, outcome[1], by);
    };
  }
}
