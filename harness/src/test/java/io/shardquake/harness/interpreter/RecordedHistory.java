package io.shardquake.harness.interpreter;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import java.util.ArrayList;
import java.util.List;

/** Keeps events in memory; the history's own builder rejects whatever is not well-formed. */
final class RecordedHistory implements HistorySink {
  private final History.Builder builder = new History.Builder();
  private final List<String> events = new ArrayList<>();

  @Override
  public void invoked(Invocation invocation) {
    events.add("invoke " + invocation.process());
    builder.invoke(invocation);
  }

  @Override
  public void completed(int process, Completion completion) {
    events.add(completion.type() + " " + process);
    builder.complete(process, completion);
  }

  @Override
  public void flush() {}

  /** Type and process of every event in order. */
  List<String> events() {
    return events;
  }

  History build() {
    return builder.build();
  }
}
