package io.shardquake.node.core.rdb;

import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.Value;
import java.util.Optional;

/** Reads a sorted set that is written as a count, and so many members with their scores. */
final class ScoredParser implements ValueParser {
  private static final long NOT_READ = -1;

  /** Reads a score in one of its forms. */
  @FunctionalInterface
  interface ScoreForm {
    double read(RdbInput in) throws Underflow, CorruptRdb;
  }

  private final ScoreForm form;
  private final SortedSetElements elements;
  private long left = NOT_READ;

  ScoredParser(ScoreForm form, EncodingLimits limits) {
    this.form = form;
    this.elements = new SortedSetElements(limits);
  }

  @Override
  public boolean read(RdbInput in) throws Underflow, CorruptRdb {
    if (left == NOT_READ) {
      left = in.count();
      return left == 0;
    }
    byte[] member = in.string();
    elements.put(member, form.read(in));
    return --left == 0;
  }

  @Override
  public Optional<Value> value() {
    return elements.value();
  }
}
