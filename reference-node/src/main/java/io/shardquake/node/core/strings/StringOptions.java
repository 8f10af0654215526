package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import org.jspecify.annotations.Nullable;

/** The options of SET and GETEX. */
final class StringOptions {
  /** How a time of expiry is given. */
  private enum Unit {
    EX(1000, true),
    PX(1, true),
    EXAT(1000, false),
    PXAT(1, false);

    private final long millis;
    private final boolean relative;

    Unit(long millis, boolean relative) {
      this.millis = millis;
      this.relative = relative;
    }
  }

  private boolean onlyIfAbsent;
  private boolean onlyIfPresent;
  private boolean get;
  private boolean keepExpiry;
  private boolean persist;
  private @Nullable Unit unit;
  private int expiryArgument;

  private StringOptions() {}

  /**
   * The options from an argument on.
   *
   * @param forSet whether of SET, or else of GETEX
   * @throws ErrorReply if they are no options, or exclude each other
   */
  static StringOptions parse(CommandContext context, int from, boolean forSet) {
    StringOptions options = new StringOptions();
    int next = from;
    while (next < context.count()) {
      next += options.take(context, next, forSet);
    }
    return options;
  }

  private int take(CommandContext context, int at, boolean forSet) {
    if (forSet && context.is(at, "NX") && !onlyIfPresent) {
      onlyIfAbsent = true;
    } else if (forSet && context.is(at, "XX") && !onlyIfAbsent) {
      onlyIfPresent = true;
    } else if (forSet && context.is(at, "GET")) {
      get = true;
    } else if (forSet && context.is(at, "KEEPTTL") && unit == null) {
      keepExpiry = true;
    } else if (!forSet && context.is(at, "PERSIST") && unit == null) {
      persist = true;
    } else {
      expiry(context, at);
      return 2;
    }
    return 1;
  }

  private void expiry(CommandContext context, int at) {
    for (Unit candidate : Unit.values()) {
      boolean free = unit == null || unit == candidate;
      if (context.is(at, candidate.name())
          && at + 1 < context.count()
          && free
          && !keepExpiry
          && !persist) {
        unit = candidate;
        expiryArgument = at + 1;
        return;
      }
    }
    throw ErrorReply.syntax();
  }

  boolean isOnlyIfAbsent() {
    return onlyIfAbsent;
  }

  boolean isOnlyIfPresent() {
    return onlyIfPresent;
  }

  boolean wantsOld() {
    return get;
  }

  boolean keepsExpiry() {
    return keepExpiry;
  }

  boolean persists() {
    return persist;
  }

  boolean hasExpiry() {
    return unit != null;
  }

  /** Whether the time of expiry is given as such, and not counted from now. */
  boolean isExpiryAbsolute() {
    return unit != null && !unit.relative;
  }

  /**
   * The time of expiry in Unix milliseconds; -1 if none is given.
   *
   * @throws ErrorReply if it is no number or not to come
   */
  long expireAt(CommandContext context) {
    return unit == null ? -1 : absolute(context, expiryArgument, unit.millis, unit.relative);
  }

  /** The Unix milliseconds that an argument stands for. */
  static long absolute(CommandContext context, int index, long unitMillis, boolean relative) {
    long number = context.integer(index);
    if (number <= 0 || number > Long.MAX_VALUE / unitMillis) {
      throw ErrorReply.invalidExpireTime(context.spec().name());
    }
    long millis = number * unitMillis + (relative ? context.nowMillis() : 0);
    if (millis <= 0) {
      throw ErrorReply.invalidExpireTime(context.spec().name());
    }
    return millis;
  }
}
