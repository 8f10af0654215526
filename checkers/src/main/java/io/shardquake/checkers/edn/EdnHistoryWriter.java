package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Writes histories as Jepsen does: one operation map a line, in the order of their indexes. Where a
 * history has keys, values are independent tuples {@code [key value]}; see {@link #valuesOf}.
 */
public final class EdnHistoryWriter {
  private final History history;
  private final Appendable out;
  private final boolean independent;
  private final StringBuilder line = new StringBuilder();
  private final EdnPrinter printer = new EdnPrinter(line);

  private EdnHistoryWriter(History history, Appendable out) {
    this.history = history;
    this.out = out;
    this.independent = valuesOf(history) == EdnHistoryReader.Values.INDEPENDENT;
  }

  /** How the values of this history are written, and so must be read. */
  public static EdnHistoryReader.Values valuesOf(History history) {
    for (int key = 0; key < history.keyCount(); key++) {
      if (!history.keyValue(key).isNil()) {
        return EdnHistoryReader.Values.INDEPENDENT;
      }
    }
    return EdnHistoryReader.Values.PLAIN;
  }

  /** Appends the whole history. */
  public static void write(History history, Appendable out) throws IOException {
    new EdnHistoryWriter(history, out).write();
  }

  private void write() throws IOException {
    PriorityQueue<Integer> open =
        new PriorityQueue<>(Comparator.comparingLong(history::completionIndex));
    for (int row = 0; row < history.size(); row++) {
      writeCompletionsBefore(history.invocationIndex(row), open);
      writeInvocation(row);
      if (history.isCompleted(row)) {
        open.add(row);
      }
    }
    writeCompletionsBefore(History.NEVER, open);
  }

  private void writeCompletionsBefore(long index, PriorityQueue<Integer> open) throws IOException {
    while (!open.isEmpty() && history.completionIndex(open.peek()) < index) {
      writeCompletion(open.remove());
    }
  }

  private void writeInvocation(int row) throws IOException {
    begin(history.invocationIndex(row), history.invocationTimeNanos(row), row, "invoke");
    value(row, history.argument(row));
    end();
  }

  private void writeCompletion(int row) throws IOException {
    Completion.Type type = history.type(row);
    begin(history.completionIndex(row), history.completionTimeNanos(row), row, typeName(type));
    value(row, type == Completion.Type.OK ? history.result(row) : history.argument(row));
    if (!history.error(row).isEmpty()) {
      name(EdnFields.ERROR, history.error(row));
    }
    attribution(history.attribution(row));
    end();
  }

  private void begin(long index, long timeNanos, int row, String type) {
    line.setLength(0);
    line.append("{:").append(EdnFields.INDEX).append(' ').append(index);
    field(EdnFields.TIME).append(timeNanos);
    field(EdnFields.PROCESS).append(history.process(row));
    field(EdnFields.TYPE).append(':').append(type);
    name(EdnFields.FUNCTION, history.functionName(history.function(row)));
  }

  private void value(int row, Value value) {
    field(EdnFields.VALUE);
    (independent ? Value.pair(history.keyValue(history.key(row)), value) : value).accept(printer);
  }

  private void attribution(Attribution attribution) {
    if (!attribution.nodes().isEmpty()) {
      field(EdnFields.NODES);
      Value.of(attribution.nodes().stream().map(Value::of).toList()).accept(printer);
    }
    if (attribution.redirects() != 0) {
      field(EdnFields.REDIRECTS).append(attribution.redirects());
    }
  }

  /** A name as a keyword where one can be spelt so, and else as a string; both read the same. */
  private void name(String field, String name) {
    field(field);
    (EdnNames.isPlain(name) ? new Value.Keyword(name) : Value.of(name)).accept(printer);
  }

  private StringBuilder field(String name) {
    return line.append(", :").append(name).append(' ');
  }

  private void end() throws IOException {
    out.append(line.append("}\n"));
  }

  private static String typeName(Completion.Type type) {
    return switch (type) {
      case OK -> "ok";
      case FAIL -> "fail";
      case INFO -> "info";
    };
  }
}
