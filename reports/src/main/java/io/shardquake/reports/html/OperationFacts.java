package io.shardquake.reports.html;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Operations, one row each: what repeats is a position in one of the lists of names.
 *
 * @param total how many were recorded
 * @param slots of each key, null where it has none
 */
record OperationFacts(
    int total,
    List<String> functions,
    List<String> keys,
    List<@Nullable Integer> slots,
    List<String> values,
    List<String> errors,
    List<String> nodes,
    List<Row> rows) {

  /**
   * One operation, in JSON an array in this order.
   *
   * @param outcome 0 for ok, 1 for fail, 2 for info
   * @param start since the start of the operation before it; the first's since that of the run
   * @param duration -1 if it never completed
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Row(
      long index,
      int process,
      int function,
      int key,
      int argument,
      int result,
      int outcome,
      int error,
      int nodes,
      int redirects,
      long start,
      long duration) {}

  static OperationFacts of(History history, int[] rows, PageBounds bounds) {
    Columns columns = new Columns(history, bounds.textLength());
    List<Row> facts = new ArrayList<>(rows.length);
    for (int row : rows) {
      facts.add(columns.row(row));
    }
    return columns.facts(facts);
  }

  /** Texts in the order in which they first occurred. */
  private static final class Names {
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    int of(String text) {
      return positions.computeIfAbsent(text, t -> positions.size());
    }

    List<String> list() {
      return List.copyOf(positions.keySet());
    }
  }

  private static final class Columns {
    private final History history;
    private final int most;
    private final Names functions = new Names();
    private final Names values = new Names();
    private final Names errors = new Names();
    private final Names nodes = new Names();
    private final Map<Integer, Integer> keys = new LinkedHashMap<>();
    private long before;

    Columns(History history, int most) {
      this.history = history;
      this.most = most;
    }

    Row row(int row) {
      long invoked = history.invocationTimeNanos(row);
      boolean completed = history.isCompleted(row);
      boolean ok = history.type(row) == Completion.Type.OK;
      Row facts =
          new Row(
              history.invocationIndex(row),
              history.process(row),
              functions.of(history.functionName(history.function(row))),
              keys.computeIfAbsent(history.key(row), k -> keys.size()),
              values.of(Texts.bare(history.argument(row), most)),
              values.of(ok ? answer(row) : ""),
              outcome(history.type(row)),
              errors.of(completed && !ok ? Texts.shortened(history.error(row), most) : ""),
              nodes.of(completed ? String.join(", ", history.attribution(row).nodes()) : ""),
              completed ? history.attribution(row).redirects() : 0,
              invoked - before,
              completed ? history.completionTimeNanos(row) - invoked : -1);
      before = invoked;
      return facts;
    }

    OperationFacts facts(List<Row> rows) {
      List<String> names = new ArrayList<>();
      List<@Nullable Integer> slots = new ArrayList<>();
      for (int key : keys.keySet()) {
        Value value = history.keyValue(key);
        OptionalInt slot = KeySlot.of(value);
        names.add(Texts.bare(value, most));
        slots.add(slot.isPresent() ? slot.getAsInt() : null);
      }
      return new OperationFacts(
          history.size(),
          functions.list(),
          names,
          slots,
          values.list(),
          errors.list(),
          nodes.list(),
          rows);
    }

    private static int outcome(Completion.Type type) {
      return switch (type) {
        case OK -> 0;
        case FAIL -> 1;
        case INFO -> 2;
      };
    }

    /** What the operation answered, unless that only repeats what was asked. */
    private String answer(int row) {
      Value result = history.result(row);
      boolean repeats = !result.isNil() && result.equals(history.argument(row));
      return repeats ? "" : Texts.answer(result, most);
    }
  }
}
