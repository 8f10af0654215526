package io.shardquake.workloads.queue;

import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.durability.Fate;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.queue.QueueStory.Exit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Judges one queue: see {@link QueueChecker}. Not thread-safe. */
final class QueueJudge {
  private final History history;
  private final Failovers failovers;
  private final Findings findings;
  private final QueueStory story;

  QueueJudge(History history, Failovers failovers, Findings findings, QueueStory story) {
    this.history = history;
    this.failovers = failovers;
    this.findings = findings;
    this.story = story;
  }

  void judge() {
    story
        .exits()
        .forEach(
            (item, exits) -> {
              exits.forEach(exit -> origin(item, exit.row()));
              twice(item, exits);
            });
    story.lastContents().ifPresent(this::contents);
    order();
  }

  /** What comes out went in, and not only later. */
  private void origin(Value item, int row) {
    Integer entry = story.entries().get(item);
    if (entry == null) {
      violation("phantom", item + " came out and was never put in", row);
    } else if (history.type(entry) == Completion.Type.FAIL) {
      violation("refused-but-done", item + " came out though it was refused", entry, row);
    } else if (history.completionIndex(row) < history.invocationIndex(entry)) {
      violation("seen-before-added", item + " came out before it was put in", row, entry);
    }
  }

  /** An item comes out again only if a failover undid that it had come out. */
  private void twice(Value item, List<Exit> exits) {
    List<Exit> ordered = new ArrayList<>(exits);
    ordered.sort(
        Comparator.comparingInt(Exit::lineage)
            .thenComparingLong(exit -> history.completionIndex(exit.row())));
    for (int i = 1; i < ordered.size(); i++) {
      again(item, ordered.get(i - 1), ordered.get(i));
    }
  }

  private void again(Value item, Exit first, Exit second) {
    Fate fate = failovers.fate(first.row(), first.lineage(), second.lineage());
    boolean allowed = fate.kind().severity() != Severity.VIOLATION;
    findings.add(
        allowed ? "removal-" + fate.kind().text() : "delivered-twice",
        fate.kind().severity(),
        story.key(),
        "%s of %s came out and was there again: %s".formatted(item, story.key(), fate.describe()),
        List.of(history.invocationIndex(first.row()), history.invocationIndex(second.row())));
  }

  private void contents(Exit last) {
    if (!(history.result(last.row()) instanceof Value.Sequence items)) {
      return;
    }
    for (Value item : items.items()) {
      origin(item, last.row());
      story.exits().getOrDefault(item, List.of()).stream()
          .filter(exit -> exit.lineage() <= last.lineage() && before(exit.row(), last.row()))
          .max(Comparator.comparingInt(Exit::lineage))
          .ifPresent(exit -> again(item, exit, last));
    }
    missing(last, items.items());
  }

  private void missing(Exit last, List<Value> left) {
    List<Fate> broken = new ArrayList<>();
    List<Value> items = new ArrayList<>();
    story
        .entries()
        .forEach(
            (item, row) -> {
              OptionalInt lineage =
                  history.type(row) == Completion.Type.OK
                      ? failovers.lineage(row)
                      : OptionalInt.empty();
              boolean gone = !left.contains(item) && !story.exits().containsKey(item);
              if (gone
                  && lineage.isPresent()
                  && lineage.getAsInt() <= last.lineage()
                  && before(row, last.row())) {
                Fate fate = failovers.fate(row, lineage.getAsInt(), last.lineage());
                if (fate.kind().severity() == Severity.VIOLATION) {
                  broken.add(fate);
                  items.add(item);
                } else {
                  lost(item, row, last, fate);
                }
              }
            });
    for (int i = story.unknownExits(); i < items.size(); i++) {
      lost(items.get(i), story.entries().get(items.get(i)), last, broken.get(i));
    }
  }

  private void lost(Value item, int row, Exit last, Fate fate) {
    findings.add(
        fate.kind().text(),
        fate.kind().severity(),
        story.key(),
        "%s of %s was put in, never came out and is lost: %s"
            .formatted(item, story.key(), fate.describe()),
        List.of(history.invocationIndex(row), history.invocationIndex(last.row())));
  }

  /** What went in later on the same copy of the data does not come out earlier. */
  private void order() {
    List<Value> items = new ArrayList<>(story.exits().keySet());
    for (Value early : items) {
      for (Value late : items) {
        Integer first = story.entries().get(early);
        Integer second = story.entries().get(late);
        if (first != null && second != null && orderedEntries(first, second)) {
          order(early, late);
        }
      }
    }
  }

  private boolean orderedEntries(int first, int second) {
    return history.type(first) == Completion.Type.OK
        && history.type(second) == Completion.Type.OK
        && before(first, second)
        && failovers.lineage(first).isPresent()
        && failovers.lineage(first).equals(failovers.lineage(second));
  }

  private void order(Value early, Value late) {
    for (Exit ofLate : story.exits().get(late)) {
      for (Exit ofEarly : story.exits().get(early)) {
        if (ofLate.lineage() == ofEarly.lineage() && before(ofLate.row(), ofEarly.row())) {
          violation(
              "reordered",
              "%s went in before %s and came out after it".formatted(early, late),
              ofLate.row(),
              ofEarly.row());
        }
      }
    }
  }

  private boolean before(int row, int other) {
    return history.completionIndex(row) < history.invocationIndex(other);
  }

  private void violation(String kind, String what, int... rows) {
    List<Long> operations = new ArrayList<>();
    for (int row : rows) {
      operations.add(history.invocationIndex(row));
    }
    findings.add(kind, Severity.VIOLATION, story.key(), story.key() + ": " + what, operations);
  }
}
