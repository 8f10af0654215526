package io.shardquake.node.core.migration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;

/**
 * The options of RESTORE. IDLETIME and FREQ are checked, but not kept: they only advise eviction.
 *
 * @param replace whether the key may exist already
 * @param absolute whether the time to live is a Unix time
 */
record RestoreOptions(boolean replace, boolean absolute) {
  private static final int FIRST = 4;
  private static final int GREATEST_FREQUENCY = 255;

  static RestoreOptions parse(CommandContext context) {
    boolean replace = false;
    boolean absolute = false;
    boolean idle = false;
    boolean frequency = false;
    for (int i = FIRST; i < context.count(); i++) {
      boolean hasArgument = i + 1 < context.count();
      if (context.is(i, "REPLACE")) {
        replace = true;
      } else if (context.is(i, "ABSTTL")) {
        absolute = true;
      } else if (context.is(i, "IDLETIME") && hasArgument && !frequency) {
        i++;
        if (context.integer(i) < 0) {
          throw new ErrorReply("ERR Invalid IDLETIME value, must be >= 0");
        }
        idle = true;
      } else if (context.is(i, "FREQ") && hasArgument && !idle) {
        i++;
        long value = context.integer(i);
        if (value < 0 || value > GREATEST_FREQUENCY) {
          throw new ErrorReply("ERR Invalid FREQ value, must be >= 0 and <= 255");
        }
        frequency = true;
      } else {
        throw ErrorReply.syntax();
      }
    }
    return new RestoreOptions(replace, absolute);
  }
}
