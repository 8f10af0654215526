package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.StrictInteger;
import java.util.OptionalLong;

/** The arguments of XREAD and XREADGROUP. Not thread-safe. */
final class ReadRequest {
  private final CommandContext context;
  private final boolean byGroup;
  private long count;
  private OptionalLong deadline = OptionalLong.empty();
  private boolean withoutAcknowledgement;
  private int groupAt;
  private int keysAt;
  private int streams;

  private ReadRequest(CommandContext context, boolean byGroup) {
    this.context = context;
    this.byGroup = byGroup;
  }

  static ReadRequest parse(CommandContext context, boolean byGroup) {
    ReadRequest request = new ReadRequest(context, byGroup);
    int i = 1;
    while (i < context.count() && request.keysAt == 0) {
      i += request.read(i, context.count() - i - 1);
    }
    if (request.keysAt == 0) {
      throw ErrorReply.syntax();
    }
    if (byGroup && request.groupAt == 0) {
      throw new ErrorReply("ERR Missing GROUP option for XREADGROUP");
    }
    return request;
  }

  private int read(int i, int behind) {
    if (context.is(i, "BLOCK") && behind >= 1) {
      deadline = OptionalLong.of(deadline(context.argument(i + 1)));
      return 2;
    } else if (context.is(i, "COUNT") && behind >= 1) {
      count = Math.max(0, context.integer(i + 1));
      return 2;
    } else if (context.is(i, "STREAMS") && behind >= 1) {
      if (behind % 2 != 0) {
        throw new ErrorReply(
            "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be"
                + " specified.");
      }
      streams = behind / 2;
      keysAt = i + 1;
      return 1;
    } else if (context.is(i, "GROUP") && behind >= 2) {
      requireGroup("GROUP");
      groupAt = i + 1;
      return 3;
    } else if (context.is(i, "NOACK")) {
      requireGroup("NOACK");
      withoutAcknowledgement = true;
      return 1;
    }
    throw ErrorReply.syntax();
  }

  private void requireGroup(String option) {
    if (!byGroup) {
      throw new ErrorReply(
          "ERR The "
              + option
              + " option is only supported by XREADGROUP. You called XREAD instead.");
    }
  }

  private long deadline(byte[] millis) {
    long wait = StrictInteger.parse(millis, 0, millis.length);
    if (wait == StrictInteger.INVALID) {
      throw new ErrorReply("ERR timeout is not an integer or out of range");
    }
    if (wait < 0) {
      throw new ErrorReply("ERR timeout is negative");
    }
    return wait == 0 || wait > Long.MAX_VALUE - context.nowMillis()
        ? Long.MAX_VALUE
        : context.nowMillis() + wait;
  }

  boolean byGroup() {
    return byGroup;
  }

  byte[] groupName() {
    return context.argument(groupAt);
  }

  byte[] consumerName() {
    return context.argument(groupAt + 1);
  }

  boolean withoutAcknowledgement() {
    return withoutAcknowledgement;
  }

  /** How many entries of each stream at most. */
  long most() {
    return count == 0 ? Long.MAX_VALUE : count;
  }

  /** When to give up waiting, in Unix milliseconds; empty if it is not to wait. */
  OptionalLong deadline() {
    return deadline;
  }

  int streams() {
    return streams;
  }

  byte[] key(int stream) {
    return context.argument(keysAt + stream);
  }

  /** Index of the argument that says from where to read a stream. */
  int idAt(int stream) {
    return keysAt + streams + stream;
  }
}
