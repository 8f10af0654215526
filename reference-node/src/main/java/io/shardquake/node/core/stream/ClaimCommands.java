package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.ConsumerGroup.Pending;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** XCLAIM and XAUTOCLAIM. */
public final class ClaimCommands implements CommandGroup {
  private static final long DEFAULT_COUNT = 100;
  private static final long ATTEMPTS_FOR_EACH = 10;

  @Override
  public void register(CommandTable table) {
    table.add("xclaim", ClaimCommands::claim);
    table.add("xautoclaim", ClaimCommands::claimIdle);
  }

  private static long number(CommandContext context, int index, String complaint) {
    return context.integer(index, Long.MIN_VALUE, Long.MAX_VALUE, "ERR Invalid " + complaint);
  }

  /** The options of XCLAIM. Not thread-safe. */
  private static final class Options {
    private OptionalLong deliveredAt = OptionalLong.empty();
    private OptionalLong deliveries = OptionalLong.empty();
    private boolean force;
    private boolean justId;
    private StreamId last = StreamId.LEAST;

    static Options parse(CommandContext context, int from) {
      Options options = new Options();
      int i = from;
      while (i < context.count()) {
        i += options.read(context, i, i + 1 < context.count());
      }
      return options;
    }

    private int read(CommandContext context, int i, boolean more) {
      if (context.is(i, "FORCE")) {
        force = true;
        return 1;
      } else if (context.is(i, "JUSTID")) {
        justId = true;
        return 1;
      } else if (context.is(i, "IDLE") && more) {
        long idle = number(context, i + 1, "IDLE option argument for XCLAIM");
        deliveredAt = OptionalLong.of(context.nowMillis() - idle);
      } else if (context.is(i, "TIME") && more) {
        deliveredAt = OptionalLong.of(number(context, i + 1, "TIME option argument for XCLAIM"));
      } else if (context.is(i, "RETRYCOUNT") && more) {
        long count = number(context, i + 1, "RETRYCOUNT option argument for XCLAIM");
        deliveries = count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
      } else if (context.is(i, "LASTID") && more) {
        last = StreamIds.strict(context, i + 1);
      } else {
        throw new ErrorReply("ERR Unrecognized XCLAIM option '" + context.quoted(i) + "'");
      }
      return 2;
    }

    long deliveredAt(long nowMillis) {
      long at = deliveredAt.orElse(nowMillis);
      return at < 0 || at > nowMillis ? nowMillis : at;
    }
  }

  private static void claim(CommandContext context) {
    StreamValue stream = context.write(context.argument(1), StreamValue.class);
    ConsumerGroup group = PendingCommand.group(context, stream);
    if (stream == null) {
      throw new IllegalStateException("a group without a stream");
    }
    long idle = number(context, 4, "min-idle-time argument for XCLAIM");
    List<StreamId> ids = new ArrayList<>();
    int next = 5;
    while (next < context.count()) {
      Optional<StreamId> id = StreamIds.parse(context.argument(next), 0);
      if (id.isEmpty()) {
        break;
      }
      ids.add(id.get());
      next++;
    }
    Options options = Options.parse(context, next);
    context.propagateNothing();
    boolean moved = group.lastDelivered().isLess(options.last);
    if (moved) {
      group.lastDelivered(options.last);
    }
    Claiming claiming = new Claiming(context, stream, group, idle, options);
    ids.forEach(claiming::claim);
    claiming.reply();
    if (moved && !claiming.propagated) {
      GroupProgress.propagatePosition(context, context.argument(1), context.argument(2), group);
      context.keyspace().countChange();
    }
  }

  private static void claimIdle(CommandContext context) {
    long idle = number(context, 4, "min-idle-time argument for XAUTOCLAIM");
    StreamId start = StreamIds.start(context, 5);
    long count = DEFAULT_COUNT;
    Options options = new Options();
    for (int i = 6; i < context.count(); i++) {
      if (context.is(i, "COUNT") && i + 1 < context.count()) {
        long most = Long.MAX_VALUE / ATTEMPTS_FOR_EACH;
        i++;
        count = context.integer(i, 1, most, "ERR COUNT must be > 0");
      } else if (context.is(i, "JUSTID")) {
        options.justId = true;
      } else {
        throw ErrorReply.syntax();
      }
    }
    StreamValue stream = context.write(context.argument(1), StreamValue.class);
    ConsumerGroup group = PendingCommand.group(context, stream);
    if (stream == null) {
      throw new IllegalStateException("a group without a stream");
    }
    context.propagateNothing();
    Claiming claiming = new Claiming(context, stream, group, idle, options);
    long attempts = count * ATTEMPTS_FOR_EACH;
    StreamId cursor = group.pending().ceilingKey(start);
    while (cursor != null && attempts > 0 && count > 0) {
      attempts--;
      if (claiming.claim(cursor)) {
        count--;
      }
      cursor = group.pending().higherKey(cursor);
    }
    context.reply().array(3);
    StreamReplies.id(cursor == null ? StreamId.LEAST : cursor, context.reply());
    claiming.reply();
    context.reply().array(claiming.gone.size());
    claiming.gone.forEach(id -> StreamReplies.id(id, context.reply()));
  }

  /** The claiming of entries, one by one. Not thread-safe. */
  private static final class Claiming {
    private final CommandContext context;
    private final StreamValue stream;
    private final ConsumerGroup group;
    private final long idle;
    private final Options options;
    private final List<StreamId> claimed = new ArrayList<>();
    private final List<StreamId> gone = new ArrayList<>();
    private ConsumerGroup.@Nullable Consumer consumer;
    private boolean propagated;

    Claiming(
        CommandContext context,
        StreamValue stream,
        ConsumerGroup group,
        long idle,
        Options options) {
      this.context = context;
      this.stream = stream;
      this.group = group;
      this.idle = idle;
      this.options = options;
      group.consumer(context.argument(3)).ifPresent(this::use);
    }

    private void use(ConsumerGroup.Consumer found) {
      found.seen(context.nowMillis());
      consumer = found;
    }

    /** Claims an entry if it may be; true if it was, or turned out to be gone. */
    boolean claim(StreamId id) {
      Pending pending = group.pending().get(id);
      if (stream.get(id).isEmpty()) {
        if (pending == null) {
          return false;
        }
        propagate(id, pending);
        group.acknowledge(id);
        gone.add(id);
        return true;
      }
      if (pending == null && options.force) {
        pending = group.add(id, context.nowMillis());
      } else if (pending == null
          || (idle > 0 && context.nowMillis() - pending.deliveredAt() < idle)) {
        return false;
      }
      if (consumer == null) {
        use(group.create(context.argument(3), context.nowMillis()));
      }
      boolean fresh = pending.consumer().isEmpty();
      long counted = pending.deliveries() + (options.justId || fresh ? 0 : 1);
      pending.delivered(
          options.deliveredAt(context.nowMillis()), options.deliveries.orElse(counted));
      group.assign(id, pending, consumer);
      claimed.add(id);
      propagate(id, pending);
      return true;
    }

    private void propagate(StreamId id, Pending pending) {
      GroupProgress.propagateClaim(
          context, context.argument(1), context.argument(2), group, id, pending);
      context.keyspace().countChange();
      propagated = true;
    }

    void reply() {
      ReplyBuffer reply = context.reply();
      reply.array(claimed.size());
      for (StreamId id : claimed) {
        if (options.justId) {
          StreamReplies.id(id, reply);
        } else {
          StreamReplies.entry(stream.get(id).orElseThrow(), reply);
        }
      }
    }
  }
}
