package io.shardquake.reports.html;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an order of operations gets, and what keeps it from going on; taken from the data of a
 * finding that tells of it ({@code operation}, {@code prefix} and {@code configurations}).
 *
 * @param blocked the index of the operation that fits nowhere
 * @param order indexes of the operations before it, in an order that explains their answers
 * @param obstacles why it does not fit, for each state that the order may lead to
 */
record PartialOrder(long blocked, List<Long> order, List<String> obstacles) {
  private static final int LONGEST = 400;

  /** What the finding tells; null if it tells nothing of the kind. */
  static @Nullable PartialOrder of(Finding finding) {
    Map<String, Value> data = finding.data().entries();
    if (data.get("operation") instanceof Value.Mapping operation
        && operation.entries().get("index") instanceof Value.Int index) {
      return new PartialOrder(index.value(), order(data), obstacles(data));
    }
    return null;
  }

  private static List<Long> order(Map<String, Value> data) {
    List<Long> order = new ArrayList<>();
    if (data.get("prefix") instanceof Value.Sequence prefix) {
      for (Value item : prefix.items()) {
        if (item instanceof Value.Int index) {
          order.add(index.value());
        }
      }
    }
    return order;
  }

  private static List<String> obstacles(Map<String, Value> data) {
    List<String> obstacles = new ArrayList<>();
    if (data.get("configurations") instanceof Value.Sequence configurations) {
      for (Value configuration : configurations.items()) {
        if (configuration instanceof Value.Mapping fields) {
          addObstacles(fields.entries(), obstacles);
        }
      }
    }
    return obstacles;
  }

  private static void addObstacles(Map<String, Value> configuration, List<String> obstacles) {
    String state = text(configuration.get("state"));
    if (configuration.get("attempts") instanceof Value.Sequence attempts) {
      for (Value attempt : attempts.items()) {
        if (attempt instanceof Value.Mapping fields) {
          String why = text(fields.entries().get("why"));
          obstacles.add(Texts.shortened(state + ": " + why, LONGEST));
        }
      }
    }
  }

  private static String text(@Nullable Value value) {
    return value == null ? "" : Texts.bare(value, LONGEST);
  }
}
