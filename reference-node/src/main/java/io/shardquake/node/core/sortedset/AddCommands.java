package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.function.Supplier;

/** ZADD and ZINCRBY. */
public final class AddCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public AddCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  /** What may be done to which members. */
  private static final class Options {
    private boolean onlyNew;
    private boolean onlyExisting;
    private boolean onlyGreater;
    private boolean onlyLess;
    private boolean countChanges;
    private boolean increment;

    /** Reads options; gives the index of the first argument that is none. */
    int read(CommandContext context) {
      int i = 2;
      for (; i < context.count(); i++) {
        if (context.is(i, "nx")) {
          onlyNew = true;
        } else if (context.is(i, "xx")) {
          onlyExisting = true;
        } else if (context.is(i, "ch")) {
          countChanges = true;
        } else if (context.is(i, "incr")) {
          increment = true;
        } else if (context.is(i, "gt")) {
          onlyGreater = true;
        } else if (context.is(i, "lt")) {
          onlyLess = true;
        } else {
          break;
        }
      }
      return i;
    }

    void check(int pairs) {
      if (onlyNew && onlyExisting) {
        throw new ErrorReply("ERR XX and NX options at the same time are not compatible");
      }
      if ((onlyGreater && onlyNew) || (onlyLess && onlyNew) || (onlyGreater && onlyLess)) {
        throw new ErrorReply("ERR GT, LT, and/or NX options at the same time are not compatible");
      }
      if (increment && pairs > 1) {
        throw new ErrorReply("ERR INCR option supports a single increment-element pair");
      }
    }

    boolean allows(double before, double after) {
      return !onlyNew && !(onlyLess && after >= before) && !(onlyGreater && after <= before);
    }
  }

  @Override
  public void register(CommandTable table) {
    table.add("zadd", context -> add(context, new Options()));
    table.add(
        "zincrby",
        context -> {
          Options options = new Options();
          options.increment = true;
          add(context, options);
        });
  }

  private void add(CommandContext context, Options options) {
    int first = options.read(context);
    int pairs = (context.count() - first) / 2;
    if (pairs == 0 || (context.count() - first) % 2 == 1) {
      throw ErrorReply.syntax();
    }
    options.check(pairs);
    double[] scores = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      scores[i] = context.real(first + 2 * i);
    }
    byte[] key = context.argument(1);
    SortedSetValue existing = context.write(key, SortedSetValue.class);
    Addition addition =
        new Addition(options, existing == null ? new SortedSetValue() : existing, limits.get());
    if (existing != null || !options.onlyExisting) {
      for (int i = 0; i < pairs; i++) {
        addition.add(context.argument(first + 2 * i + 1), scores[i]);
      }
    }
    if (addition.added + addition.updated > 0) {
      context.store(key, addition.set);
    }
    reply(context, options, addition);
  }

  private static void reply(CommandContext context, Options options, Addition addition) {
    if (!options.increment) {
      context
          .reply()
          .integer(options.countChanges ? addition.added + addition.updated : addition.added);
    } else if (addition.done) {
      context.reply().real(addition.lastScore);
    } else {
      context.reply().nullBulk();
    }
  }

  /** The addition of members to a set, and what has come of it so far. */
  private static final class Addition {
    private final Options options;
    private final SortedSetValue set;
    private final EncodingLimits limits;
    private int added;
    private int updated;
    private boolean done;
    private double lastScore;

    Addition(Options options, SortedSetValue set, EncodingLimits limits) {
      this.options = options;
      this.set = set;
      this.limits = limits;
    }

    void add(byte[] member, double given) {
      double before = set.score(member);
      if (Double.isNaN(before)) {
        if (!options.onlyExisting) {
          set.put(member, given, limits);
          added++;
          done = true;
          lastScore = given;
        }
        return;
      }
      double score = options.increment && !options.onlyNew ? before + given : given;
      if (Double.isNaN(score)) {
        throw new ErrorReply("ERR resulting score is not a number (NaN)");
      }
      if (!options.allows(before, score)) {
        return;
      }
      if (score != before) {
        set.put(member, score, limits);
        updated++;
      }
      done = true;
      lastScore = score;
    }
  }
}
