package io.shardquake.checkers.edn;

import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns operation maps into events of a history as a parser reads them. Not thread-safe. */
final class EdnEvents {
  private static final String KEY = "key";

  private final EdnParser parser;
  private final Values values;
  private final EdnOperation event = new EdnOperation();
  private final History.Builder history = new History.Builder();

  /** Of each process the invocation of its open operation. */
  private final Map<Integer, Invocation> open = new HashMap<>();

  private long nextIndex;
  private long lastTime;
  private long leftOut;

  EdnEvents(EdnParser parser, Values values) {
    this.parser = parser;
    this.values = values;
  }

  /** The history of all that was read. */
  History history() {
    return history.build();
  }

  /** How many events were of no client. */
  long leftOut() {
    return leftOut;
  }

  /** Reads one operation map or record, and adds the event that it is. */
  void read() throws IOException {
    parser.startForm();
    long line = parser.line();
    try {
      event.read(parser);
      add();
    } catch (IllegalArgumentException problem) {
      throw parser.malformed(line, String.valueOf(problem.getMessage()));
    }
  }

  private void add() {
    long index = event.index().orElse(nextIndex);
    nextIndex = index + 1;
    if (!event.isOfClient()) {
      leftOut++;
      return;
    }
    long time = event.timeNanos().orElse(lastTime);
    lastTime = time;
    switch (event.type()) {
      case "invoke" -> invoke(index, time);
      case "ok" -> {
        Value value = completedValue();
        complete(new Completion.Ok(index, time, value, event.attribution()));
      }
      case "fail" -> {
        completedValue();
        complete(new Completion.Fail(index, time, event.error(), event.attribution()));
      }
      case "info" -> {
        completedValue();
        complete(new Completion.Info(index, time, event.error(), event.attribution()));
      }
      case "" -> throw new IllegalArgumentException("the operation has no :type");
      default ->
          throw new IllegalArgumentException(
              ":type is :" + event.type() + ", not :invoke, :ok, :fail or :info");
    }
  }

  private void invoke(long index, long time) {
    if (event.function().isEmpty()) {
      throw new IllegalArgumentException("the operation has no :f");
    }
    Value key = Value.nil();
    Value value = event.value();
    if (values == Values.INDEPENDENT) {
      List<Value> tuple =
          tuple(value)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          ":value " + event.value() + " is not an independent tuple [key value]"));
      key = tuple.get(0);
      value = tuple.get(1);
    }
    Invocation invocation =
        new Invocation(index, time, event.process(), event.function(), key, value);
    history.invoke(invocation);
    open.put(event.process(), invocation);
  }

  private void complete(Completion completion) {
    Invocation invocation = open.remove(event.process());
    if (invocation != null
        && !event.function().isEmpty()
        && !event.function().equals(invocation.function())) {
      throw new IllegalArgumentException(
          "process "
              + event.process()
              + " completes :"
              + event.function()
              + " while its open operation is :"
              + invocation.function());
    }
    history.complete(event.process(), completion);
  }

  /** The value of a completion without its key, which must be the invocation's if it is there. */
  private Value completedValue() {
    Value value = event.value();
    Invocation invocation = open.get(event.process());
    if (values == Values.PLAIN || value.isNil() || invocation == null) {
      return value;
    }
    Optional<List<Value>> tuple = tuple(value);
    if (tuple.isEmpty() || !tuple.get().get(0).equals(invocation.key())) {
      throw new IllegalArgumentException(
          ":value "
              + value
              + " is not an independent tuple of key "
              + invocation.key()
              + ", which its process invoked");
    }
    return tuple.get().get(1);
  }

  /** Key and value of an independent tuple in one of the forms that Jepsen printed over time. */
  private static Optional<List<Value>> tuple(Value value) {
    if (value instanceof Value.Tagged tagged) {
      return tuple(tagged.value());
    }
    if (value instanceof Value.Sequence sequence && sequence.items().size() == 2) {
      return Optional.of(sequence.items());
    }
    if (value instanceof Value.Mapping mapping && mapping.entries().size() == 2) {
      Value key = mapping.entries().get(KEY);
      Value content = mapping.entries().get(EdnFields.VALUE);
      return key == null || content == null ? Optional.empty() : Optional.of(List.of(key, content));
    }
    return Optional.empty();
  }
}
