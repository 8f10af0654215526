package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Makes a sorted set of members and scores in turn. */
final class SortedSetElements implements Elements {
  private final SortedSetValue sortedSet = new SortedSetValue();
  private final EncodingLimits limits;
  private Optional<byte[]> member = Optional.empty();

  SortedSetElements(EncodingLimits limits) {
    this.limits = limits;
  }

  @Override
  public void add(byte[] element) throws CorruptRdb {
    if (member.isEmpty()) {
      member = Optional.of(element);
      return;
    }
    put(member.get(), Score.parse(element));
    member = Optional.empty();
  }

  void put(byte[] named, double score) throws CorruptRdb {
    if (!sortedSet.put(named, score, limits)) {
      throw new CorruptRdb("a sorted set has a member twice");
    }
  }

  @Override
  public void end() throws CorruptRdb {
    if (member.isPresent()) {
      throw new CorruptRdb("a sorted set has a member without a score");
    }
  }

  @Override
  public Optional<Value> value() {
    return sortedSet.isEmpty() ? Optional.empty() : Optional.of(sortedSet);
  }
}
