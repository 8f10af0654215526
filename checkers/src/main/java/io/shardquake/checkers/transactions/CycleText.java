package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The argument that a cycle makes, in words and as data. */
final class CycleText {
  private final TransactionLog log;
  private final VersionOrders orders;
  private final Cycle cycle;
  private final TransactionText names;

  CycleText(TransactionLog log, VersionOrders orders, Cycle cycle) {
    this.log = log;
    this.orders = orders;
    this.cycle = cycle;
    this.names = new TransactionText(log, cycle.transactions());
  }

  /** The argument that a cycle makes. */
  String argument() {
    StringBuilder text = new StringBuilder(names.let()).append("Then:\n");
    int last = cycle.steps().size() - 1;
    for (int i = 0; i <= last; i++) {
      Cycle.Step step = cycle.steps().get(i);
      text.append(i == last ? "  - However, " : "  - ")
          .append(
              "%s came before %s, because "
                  .formatted(names.name(step.from()), names.name(step.to())))
          .append(why(step))
          .append(i == last ? ": a contradiction.\n" : ".\n");
    }
    if (!cycle.isWeakest()) {
      text.append("There may be a weaker contradiction: not all were looked at.\n");
    }
    return text.toString();
  }

  /** The same in one line. */
  String summary() {
    StringBuilder text = new StringBuilder();
    for (Cycle.Step step : cycle.steps().subList(0, Math.min(3, cycle.steps().size()))) {
      text.append(text.isEmpty() ? "" : ", and ").append(why(step));
    }
    return cycle.steps().size() <= 3
        ? text.toString()
        : text + ", and so on through " + cycle.steps().size() + " transactions";
  }

  private String why(Cycle.Step step) {
    String from = names.name(step.from());
    String to = names.name(step.to());
    return switch (step.kind()) {
      case DependencyGraph.WW -> overwriting(step, from, to);
      case DependencyGraph.WR ->
          "%s saw %s's append of %s".formatted(to, from, element(step.element()));
      case DependencyGraph.RW ->
          "%s did not see %s's append of %s".formatted(from, to, element(step.element()));
      case DependencyGraph.PROCESS ->
          "process %d ran %s before %s"
              .formatted(log.history().process(log.row(step.from())), from, to);
      default ->
          "%s had returned (event %d) when %s was called (event %d)"
              .formatted(
                  from,
                  log.history().completionIndex(log.row(step.from())),
                  to,
                  log.history().invocationIndex(log.row(step.to())));
    };
  }

  private String overwriting(Cycle.Step step, String from, String to) {
    int element = step.element();
    int list = log.elements().list(element);
    int[] order = orders.order(list);
    int place = orders.position(element);
    int before = (place == VersionOrders.NONE ? order.length : place) - 1;
    while (log.writer(order[before]) != step.from()) {
      before--;
    }
    return "%s appended %s after %s appended %s%s"
        .formatted(
            to,
            element(element),
            from,
            log.elements().value(order[before]),
            place == VersionOrders.NONE ? ", since whoever saw the latter did not see it" : "");
  }

  private String element(int element) {
    return "%s to %s"
        .formatted(log.elements().value(element), log.listKey(log.elements().list(element)));
  }

  /** The steps as data. */
  List<Value> steps() {
    return cycle.steps().stream().map(this::step).toList();
  }

  private Value step(Cycle.Step step) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("from", Value.of(event(step.from())));
    fields.put("to", Value.of(event(step.to())));
    fields.put(
        "kind",
        Value.of(
            switch (step.kind()) {
              case DependencyGraph.WW -> "ww";
              case DependencyGraph.WR -> "wr";
              case DependencyGraph.RW -> "rw";
              case DependencyGraph.PROCESS -> "process";
              default -> "realtime";
            }));
    fields.put("why", Value.of(why(step)));
    return new Value.Mapping(fields);
  }

  private long event(int transaction) {
    return log.history().invocationIndex(log.row(transaction));
  }
}
