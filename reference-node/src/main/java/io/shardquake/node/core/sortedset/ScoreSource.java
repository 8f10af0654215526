package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.SetValue;
import io.shardquake.node.core.value.SortedSetValue;
import io.shardquake.node.core.value.Value;

/** Where a union, intersection or difference takes members from: plain sets serve, too. */
sealed interface ScoreSource {
  int size();

  /** A member's score; NaN if it is not there. */
  double score(byte[] member);

  void forEach(SortedSetValue.Visitor visit);

  /** The source that a key holds; an empty one if it does not exist. */
  static ScoreSource of(CommandContext context, byte[] key) {
    Value value = context.read(key);
    if (value == null) {
      return new Plain(new SetValue());
    }
    if (value instanceof SortedSetValue set) {
      return new Scored(set);
    }
    if (value instanceof SetValue set) {
      return new Plain(set);
    }
    throw ErrorReply.wrongType();
  }

  /** A sorted set. */
  record Scored(SortedSetValue set) implements ScoreSource {
    @Override
    public int size() {
      return set.size();
    }

    @Override
    public double score(byte[] member) {
      return set.score(member);
    }

    @Override
    public void forEach(SortedSetValue.Visitor visit) {
      set.forEach(visit);
    }
  }

  /** A plain set, all of whose members have score 1. */
  record Plain(SetValue set) implements ScoreSource {
    @Override
    public int size() {
      return set.size();
    }

    @Override
    public double score(byte[] member) {
      return set.contains(member) ? 1 : Double.NaN;
    }

    @Override
    public void forEach(SortedSetValue.Visitor visit) {
      set.forEach(member -> visit.visit(member, 1));
    }
  }
}
