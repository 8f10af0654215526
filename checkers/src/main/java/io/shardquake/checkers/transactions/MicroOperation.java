package io.shardquake.checkers.transactions;

import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.Optional;

/**
 * One part of a transaction as it is recorded: {@code [append key element]} or {@code [r key
 * elements]}.
 *
 * @param value the element appended, or what a read returned: nil for nothing
 */
record MicroOperation(boolean isAppend, Value key, Value value) {
  /** The micro-operation, if it is one. */
  static Optional<MicroOperation> of(Value recorded) {
    if (recorded instanceof Value.Sequence parts && parts.items().size() == 3) {
      List<Value> items = parts.items();
      boolean isAppend = is(items.get(0), "append");
      boolean isRead = is(items.get(0), "r") || is(items.get(0), "read");
      boolean isList = items.get(2).isNil() || items.get(2) instanceof Value.Sequence;
      if ((isAppend && !items.get(2).isNil()) || (isRead && isList)) {
        return Optional.of(new MicroOperation(isAppend, items.get(1), items.get(2)));
      }
    }
    return Optional.empty();
  }

  private static boolean is(Value function, String name) {
    return (function instanceof Value.Keyword keyword && keyword.name().equals(name))
        || (function instanceof Value.Text text && text.value().equals(name));
  }

  /** The elements that a read returned. */
  List<Value> seen() {
    return value instanceof Value.Sequence elements ? elements.items() : List.of();
  }
}
