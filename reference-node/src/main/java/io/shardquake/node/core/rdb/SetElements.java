package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Makes a set of its members. */
final class SetElements implements Elements {
  private final SetValue set = new SetValue();
  private final EncodingLimits limits;

  SetElements(EncodingLimits limits) {
    this.limits = limits;
  }

  @Override
  public void add(byte[] member) throws CorruptRdb {
    if (!set.add(member, limits)) {
      throw new CorruptRdb("a set has a member twice");
    }
  }

  @Override
  public Optional<Value> value() {
    return set.isEmpty() ? Optional.empty() : Optional.of(set);
  }
}
