package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Makes a hash of fields and values in turn. */
final class HashElements implements Elements {
  private final HashValue hash = new HashValue();
  private final EncodingLimits limits;
  private Optional<byte[]> field = Optional.empty();

  HashElements(EncodingLimits limits) {
    this.limits = limits;
  }

  @Override
  public void add(byte[] element) throws CorruptRdb {
    if (field.isEmpty()) {
      field = Optional.of(element);
      return;
    }
    if (!hash.put(field.get(), element, limits)) {
      throw new CorruptRdb("a hash has a field twice");
    }
    field = Optional.empty();
  }

  @Override
  public void end() throws CorruptRdb {
    if (field.isPresent()) {
      throw new CorruptRdb("a hash has a field without a value");
    }
  }

  @Override
  public Optional<Value> value() {
    return hash.isEmpty() ? Optional.empty() : Optional.of(hash);
  }
}
