package io.shardquake.workloads.queue;

import io.shardquake.checkers.durability.Failovers;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was done to one queue.
 *
 * @param key the queue
 * @param entries the operation that puts each item in, whatever became of it
 * @param exits the operations that took each item out, on a known copy of the data
 * @param unknownExits how many removals may have taken an item that nobody knows
 * @param lastContents the last look at the whole queue
 */
record QueueStory(
    Value key,
    Map<Value, Integer> entries,
    Map<Value, List<Exit>> exits,
    int unknownExits,
    Optional<Exit> lastContents) {

  /** An operation that happened, and the copy of the data on which it did. */
  record Exit(int row, int lineage) {}

  static QueueStory of(History history, int key, Failovers failovers) {
    Map<Value, Integer> entries = new LinkedHashMap<>();
    Map<Value, List<Exit>> exits = new LinkedHashMap<>();
    int unknown = 0;
    Optional<Exit> contents = Optional.empty();
    for (int row : history.rowsOfKey(key).stream().toArray()) {
      String function = history.functionName(history.function(row));
      boolean done = history.type(row) == Completion.Type.OK;
      OptionalInt lineage = done ? failovers.lineage(row) : OptionalInt.empty();
      if (function.equals(QueueWorkload.ENQUEUE)) {
        entries.put(history.argument(row), row);
      } else if (function.equals(QueueWorkload.DEQUEUE)) {
        boolean unplaced = done && lineage.isEmpty() && !history.result(row).isNil();
        unknown += history.type(row) == Completion.Type.INFO || unplaced ? 1 : 0;
        if (lineage.isPresent() && !history.result(row).isNil()) {
          exits
              .computeIfAbsent(history.result(row), item -> new ArrayList<>())
              .add(new Exit(row, lineage.getAsInt()));
        }
      } else if (lineage.isPresent()) {
        contents = Optional.of(new Exit(row, lineage.getAsInt()));
      }
    }
    return new QueueStory(history.keyValue(key), entries, exits, unknown, contents);
  }
}
