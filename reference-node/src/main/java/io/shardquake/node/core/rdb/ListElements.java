package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.ListValue;
import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Makes a list of its elements. */
final class ListElements implements Elements {
  private final ListValue list = new ListValue();

  @Override
  public void add(byte[] element) {
    list.addLast(element);
  }

  @Override
  public Optional<Value> value() {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }
}
