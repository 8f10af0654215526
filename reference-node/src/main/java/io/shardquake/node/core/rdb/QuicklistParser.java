package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Reads a list that is written as a count, and so many packed pieces. */
final class QuicklistParser implements ValueParser {
  private static final long NOT_READ = -1;
  private static final int PLAIN = 1;
  private static final int PACKED = 2;

  private final boolean second;
  private final ListElements elements = new ListElements();
  private long left = NOT_READ;

  /**
   * A parser.
   *
   * @param second whether of the second form, whose pieces are listpacks or single elements, rather
   *     than of the first, whose pieces are ziplists
   */
  QuicklistParser(boolean second) {
    this.second = second;
  }

  @Override
  public boolean read(RdbInput in) throws Underflow, CorruptRdb {
    if (left == NOT_READ) {
      left = in.count();
      return left == 0;
    }
    long container = second ? in.length() : PACKED;
    byte[] piece = in.string();
    if (container == PLAIN) {
      elements.add(piece);
    } else if (container == PACKED) {
      (second ? PackedEncodings.listpack(piece) : PackedEncodings.ziplist(piece))
          .forEach(elements::add);
    } else {
      throw new CorruptRdb("lists have no pieces of kind " + container);
    }
    return --left == 0;
  }

  @Override
  public Optional<Value> value() {
    return elements.value();
  }
}
