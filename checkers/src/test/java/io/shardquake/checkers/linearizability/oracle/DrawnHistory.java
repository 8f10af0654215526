package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Histories drawn one operation a line, from its call to its return:
 *
 * <pre>
 *   write 1      [-----]
 *   cas 1 2         [-------
 *   read 2                [---]
 * </pre>
 *
 * <p>A line that does not end in a bracket is an operation of unknown outcome. Events in one column
 * happen from top to bottom. Values are whole numbers, {@code nil}, or {@code {1,2}}. The
 * operations' numbers and rows are those of the lines, which must be in order of their calls.
 */
public final class DrawnHistory {
  private DrawnHistory() {}

  /** Reads a drawing. */
  public static ObjectHistory of(String drawing) {
    List<String> lines = drawing.lines().filter(line -> !line.isBlank()).toList();
    ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil());
    for (int row = 0; row < lines.size(); row++) {
      String line = lines.get(row).stripTrailing();
      int open = line.indexOf('[');
      boolean returned = line.endsWith("]");
      builder.add(
          row,
          (long) open * lines.size() + row,
          returned ? (line.length() - 1L) * lines.size() + row : Long.MAX_VALUE,
          call(line.substring(0, open).strip(), returned));
    }
    return builder.build();
  }

  private static Call call(String text, boolean returned) {
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" +")));
    String function = words.remove(0);
    List<Value> values = words.stream().map(DrawnHistory::value).toList();
    return switch (function) {
      case "read", "dequeue" ->
          new Call(
              function, Value.nil(), returned ? values.stream().findFirst() : Optional.empty());
      case "cas" ->
          new Call(
              function,
              Value.of(values.subList(0, 2)),
              returned ? values.stream().skip(2).findFirst() : Optional.empty());
      default -> new Call(function, values.get(0), Optional.empty());
    };
  }

  private static Value value(String word) {
    return switch (word.charAt(0)) {
      case 'n' -> Value.nil();
      case 'f' -> Value.of(false);
      case '{' ->
          Value.of(
              Arrays.stream(word.substring(1, word.length() - 1).split(","))
                  .filter(element -> !element.isEmpty())
                  .map(element -> Value.of(Long.parseLong(element)))
                  .collect(Collectors.toList()));
      default -> Value.of(Long.parseLong(word));
    };
  }
}
