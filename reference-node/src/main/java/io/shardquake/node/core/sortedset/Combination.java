package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The arguments of a union, intersection or difference, and its result. */
final class Combination {
  /** What is combined how. */
  enum Operation {
    UNION,
    INTERSECTION,
    DIFFERENCE
  }

  private enum Aggregate {
    SUM,
    MIN,
    MAX;

    double of(double a, double b) {
      return switch (this) {
        case SUM -> orZero(a + b);
        case MIN -> b < a ? b : a;
        case MAX -> b > a ? b : a;
      };
    }
  }

  private record Weighted(ScoreSource source, double weight) {}

  private final Operation operation;
  private final List<Weighted> sources = new ArrayList<>();
  private Aggregate aggregate = Aggregate.SUM;
  private boolean withScores;
  private long limit;

  /** What a command may have behind its keys. */
  enum Form {
    /** Replies the members. */
    REPLY,
    /** Puts them into a key. */
    STORE,
    /** Replies their number. */
    COUNT
  }

  private Combination(Operation operation) {
    this.operation = operation;
  }

  /**
   * Reads the arguments.
   *
   * @param index of the number of keys
   */
  static Combination parse(CommandContext context, int index, Operation operation, Form form) {
    Combination combination = new Combination(operation);
    long keys = context.integer(index);
    if (keys < 1) {
      throw new ErrorReply(
          "ERR at least 1 input key is needed for '" + context.spec().name() + "' command");
    }
    if (keys > context.count() - index - 1) {
      throw ErrorReply.syntax();
    }
    int count = (int) keys;
    List<ScoreSource> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sources.add(ScoreSource.of(context, context.argument(index + 1 + i)));
    }
    combination.options(context, index + 1 + count, sources, form);
    if (operation != Operation.DIFFERENCE) {
      combination.sources.sort(Comparator.comparingInt(weighted -> weighted.source().size()));
    }
    return combination;
  }

  private void options(CommandContext context, int from, List<ScoreSource> read, Form form) {
    double[] weights = new double[read.size()];
    Arrays.fill(weights, 1);
    boolean weighs = operation != Operation.DIFFERENCE && form != Form.COUNT;
    int i = from;
    while (i < context.count()) {
      int behind = context.count() - i - 1;
      if (weighs && behind >= weights.length && context.is(i, "weights")) {
        for (int k = 0; k < weights.length; k++) {
          weights[k] = weight(context, i + 1 + k);
        }
        i += 1 + weights.length;
      } else if (weighs && behind >= 1 && context.is(i, "aggregate")) {
        aggregate = aggregate(context, i + 1);
        i += 2;
      } else if (form == Form.REPLY && context.is(i, "withscores")) {
        withScores = true;
        i++;
      } else if (form == Form.COUNT && behind >= 1 && context.is(i, "limit")) {
        limit = context.integer(i + 1, 0, Long.MAX_VALUE, "ERR LIMIT can't be negative");
        i += 2;
      } else {
        throw ErrorReply.syntax();
      }
    }
    for (int k = 0; k < weights.length; k++) {
      sources.add(new Weighted(read.get(k), weights[k]));
    }
  }

  private static double weight(CommandContext context, int index) {
    try {
      return context.real(index);
    } catch (ErrorReply notAFloat) {
      throw new ErrorReply("ERR weight value is not a float");
    }
  }

  private static Aggregate aggregate(CommandContext context, int index) {
    for (Aggregate candidate : Aggregate.values()) {
      if (context.is(index, candidate.name())) {
        return candidate;
      }
    }
    throw ErrorReply.syntax();
  }

  boolean withScores() {
    return withScores;
  }

  SortedSetValue result(EncodingLimits limits) {
    return switch (operation) {
      case UNION -> union(limits);
      case INTERSECTION -> intersection(limits);
      case DIFFERENCE -> difference(limits);
    };
  }

  private SortedSetValue union(EncodingLimits limits) {
    SortedSetValue all = new SortedSetValue();
    for (Weighted weighted : sources) {
      weighted
          .source()
          .forEach(
              (member, score) -> {
                double own = orZero(weighted.weight() * score);
                double before = all.score(member);
                all.put(member, Double.isNaN(before) ? own : aggregate.of(before, own), limits);
              });
    }
    return all;
  }

  private SortedSetValue intersection(EncodingLimits limits) {
    SortedSetValue common = new SortedSetValue();
    Weighted smallest = sources.get(0);
    smallest
        .source()
        .forEach(
            (member, score) -> {
              if (limit > 0 && common.size() >= limit) {
                return;
              }
              double total = orZero(smallest.weight() * score);
              for (Weighted other : sources.subList(1, sources.size())) {
                double found = other.source().score(member);
                if (Double.isNaN(found)) {
                  return;
                }
                total = aggregate.of(total, other.weight() * found);
              }
              common.put(member, total, limits);
            });
    return common;
  }

  private SortedSetValue difference(EncodingLimits limits) {
    SortedSetValue rest = new SortedSetValue();
    List<Weighted> others = sources.subList(1, sources.size());
    sources
        .get(0)
        .source()
        .forEach(
            (member, score) -> {
              if (others.stream().allMatch(o -> Double.isNaN(o.source().score(member)))) {
                rest.put(member, score, limits);
              }
            });
    return rest;
  }

  /** Infinity times zero, or infinity less infinity, counts as zero. */
  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
