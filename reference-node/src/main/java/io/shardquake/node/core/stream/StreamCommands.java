package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.value.StreamEntry;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** XADD, XLEN, XRANGE, XREVRANGE, XDEL, XTRIM and XSETID. */
public final class StreamCommands implements CommandGroup {
  private final Configuration configuration;

  public StreamCommands(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void register(CommandTable table) {
    table.add("xadd", this::add);
    table.add("xlen", StreamCommands::length);
    table.add("xrange", context -> range(context, false));
    table.add("xrevrange", context -> range(context, true));
    table.add("xdel", StreamCommands::delete);
    table.add("xtrim", this::trim);
    table.add("xsetid", StreamCommands::setId);
  }

  private StreamValue.NodeLimits nodeLimits() {
    return new StreamValue.NodeLimits(
        configuration.number("stream-node-max-bytes"),
        configuration.number("stream-node-max-entries"));
  }

  private void add(CommandContext context) {
    StreamValue.NodeLimits limits = nodeLimits();
    TrimArguments arguments = TrimArguments.parse(context, true, limits.entries());
    int idAt = arguments.end();
    Optional<WantedId> wanted = arguments.id();
    int fields = context.count() - idAt - 1;
    if (wanted.isEmpty() || fields < 2 || fields % 2 != 0) {
      throw ErrorReply.wrongNumberOfArguments("xadd");
    }
    wanted.get().requireNotZero();
    byte[] key = context.argument(1);
    StreamValue stream = context.write(key, StreamValue.class);
    if (stream == null && arguments.createsNothing()) {
      context.reply().nullBulk();
      return;
    }
    StreamValue target = stream == null ? new StreamValue() : stream;
    StreamId id = wanted.get().after(target.last(), context.nowMillis());
    List<byte[]> pairs = Arrays.asList(context.arguments()).subList(idAt + 1, context.count());
    target.append(new StreamEntry(id, pairs), limits);
    arguments.trim(target);
    context.store(key, target);
    byte[][] words = context.arguments().clone();
    if (!wanted.get().isWhole()) {
      words[idAt] = id.bytes();
    }
    arguments.makeExact(words, target);
    context.becomes(words);
    context.reply().bulk(id.bytes());
  }

  private static void length(CommandContext context) {
    StreamValue stream = context.read(context.argument(1), StreamValue.class);
    context.reply().integer(stream == null ? 0 : stream.size());
  }

  private static void range(CommandContext context, boolean reverse) {
    StreamId start = StreamIds.start(context, reverse ? 3 : 2);
    StreamId end = StreamIds.end(context, reverse ? 2 : 3);
    long count = -1;
    for (int i = 4; i < context.count(); i += 2) {
      if (!context.is(i, "COUNT") || i + 1 == context.count()) {
        throw ErrorReply.syntax();
      }
      count = Math.max(0, context.integer(i + 1));
    }
    StreamValue stream = context.read(context.argument(1), StreamValue.class);
    if (stream == null) {
      context.reply().array(0);
    } else if (count == 0) {
      context.reply().nullArray();
    } else {
      long most = count < 0 ? Long.MAX_VALUE : count;
      List<StreamEntry> found = new ArrayList<>();
      if (reverse) {
        stream.rangeBack(start, end, entry -> found.add(entry) && found.size() < most);
      } else {
        stream.range(start, end, entry -> found.add(entry) && found.size() < most);
      }
      StreamReplies.entries(found, context.reply());
    }
  }

  private static void delete(CommandContext context) {
    byte[] key = context.argument(1);
    StreamValue stream = context.write(key, StreamValue.class);
    if (stream == null) {
      context.reply().integer(0);
      return;
    }
    List<StreamId> ids = new ArrayList<>();
    for (int i = 2; i < context.count(); i++) {
      ids.add(StreamIds.strict(context, i));
    }
    long deleted = ids.stream().filter(stream::delete).count();
    if (deleted > 0) {
      context.touch(key);
    }
    context.reply().integer(deleted);
  }

  private void trim(CommandContext context) {
    TrimArguments arguments = TrimArguments.parse(context, false, nodeLimits().entries());
    byte[] key = context.argument(1);
    StreamValue stream = context.write(key, StreamValue.class);
    if (stream == null) {
      context.reply().integer(0);
      return;
    }
    int removed = arguments.trim(stream);
    if (removed > 0) {
      context.touch(key);
      byte[][] words = context.arguments().clone();
      arguments.makeExact(words, stream);
      context.becomes(words);
    }
    context.reply().integer(removed);
  }

  private static void setId(CommandContext context) {
    StreamId id = StreamIds.strict(context, 2);
    long added = -1;
    StreamId maxDeleted = StreamId.LEAST;
    for (int i = 3; i < context.count(); i += 2) {
      boolean more = i + 1 < context.count();
      if (more && context.is(i, "ENTRIESADDED")) {
        added = context.integer(i + 1);
        if (added < 0) {
          throw new ErrorReply("ERR entries_added must be positive");
        }
      } else if (more && context.is(i, "MAXDELETEDID")) {
        maxDeleted = StreamIds.strict(context, i + 1);
        if (id.isLess(maxDeleted)) {
          throw smaller("provided max_deleted_entry_id", "the ");
        }
      } else {
        throw ErrorReply.syntax();
      }
    }
    byte[] key = context.argument(1);
    StreamValue stream = context.write(key, StreamValue.class);
    if (stream == null) {
      throw ErrorReply.noSuchKey();
    }
    if (id.isLess(stream.maxDeleted())) {
      throw smaller("current max_deleted_entry_id", "");
    }
    if (id.isLess(stream.lastEntry())) {
      throw smaller("target stream top item", "the ");
    }
    if (added != -1 && stream.size() > added) {
      throw new ErrorReply(
          "ERR The entries_added specified in XSETID is smaller than the target stream length");
    }
    stream.last(id);
    if (added != -1) {
      stream.added(added);
    }
    if (!maxDeleted.isZero()) {
      stream.maxDeleted(maxDeleted);
    }
    context.touch(key);
    context.reply().ok();
  }

  private static ErrorReply smaller(String than, String article) {
    return new ErrorReply("ERR The ID specified in XSETID is smaller than " + article + than);
  }
}
