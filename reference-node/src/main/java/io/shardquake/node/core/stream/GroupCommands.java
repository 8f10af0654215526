package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.value.ConsumerGroup;
import io.shardquake.node.core.value.StreamId;
import io.shardquake.node.core.value.StreamValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** XGROUP and XACK. */
public final class GroupCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("xgroup|create", GroupCommands::create);
    table.add("xgroup|setid", GroupCommands::setId);
    table.add("xgroup|destroy", GroupCommands::destroy);
    table.add("xgroup|createconsumer", GroupCommands::createConsumer);
    table.add("xgroup|delconsumer", GroupCommands::deleteConsumer);
    table.add("xgroup|help", HelpText.named("XGROUP"));
    table.add("xack", GroupCommands::acknowledge);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static ErrorReply noGroup(byte[] key, byte[] group) {
    return new ErrorReply(
        "NOGROUP No such consumer group '" + text(group) + "' for key name '" + text(key) + "'");
  }

  /** The options behind the ID. */
  private record Options(boolean makesStream, long entriesRead) {
    static Options parse(CommandContext context, boolean creates) {
      boolean makesStream = false;
      long entriesRead = ConsumerGroup.UNKNOWN;
      int i = 5;
      while (i < context.count()) {
        if (creates && context.is(i, "MKSTREAM")) {
          makesStream = true;
          i++;
        } else if (context.is(i, "ENTRIESREAD") && i + 1 < context.count()) {
          entriesRead = context.integer(i + 1);
          if (entriesRead < 0 && entriesRead != ConsumerGroup.UNKNOWN) {
            throw new ErrorReply("ERR value for ENTRIESREAD must be positive or -1");
          }
          i += 2;
        } else {
          throw new ErrorReply(
              "ERR unknown subcommand or wrong number of arguments for '"
                  + context.quoted(1)
                  + "'. Try XGROUP HELP.");
        }
      }
      return new Options(makesStream, entriesRead);
    }
  }

  private static StreamValue stream(CommandContext context) {
    StreamValue stream = context.write(context.argument(2), StreamValue.class);
    if (stream == null) {
      throw new ErrorReply(
          "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want"
              + " to use the MKSTREAM option to create an empty stream automatically.");
    }
    return stream;
  }

  private static ConsumerGroup group(CommandContext context, StreamValue stream) {
    return stream
        .group(context.argument(3))
        .orElseThrow(() -> noGroup(context.argument(2), context.argument(3)));
  }

  private static StreamId position(CommandContext context, @Nullable StreamValue stream) {
    if (context.is(4, "$")) {
      return stream == null ? StreamId.LEAST : stream.last();
    }
    return StreamIds.lenient(context, 4);
  }

  private static void create(CommandContext context) {
    Options options = Options.parse(context, true);
    byte[] key = context.argument(2);
    StreamValue stream =
        options.makesStream() ? context.write(key, StreamValue.class) : stream(context);
    StreamId position = position(context, stream);
    StreamValue target = stream == null ? new StreamValue() : stream;
    if (target.group(context.argument(3)).isPresent()) {
      throw new ErrorReply("BUSYGROUP Consumer Group name already exists");
    }
    target.groups().put(context.argument(3), new ConsumerGroup(position, options.entriesRead()));
    context.store(key, target);
    context.reply().ok();
  }

  private static void setId(CommandContext context) {
    Options options = Options.parse(context, false);
    StreamValue stream = stream(context);
    ConsumerGroup group = group(context, stream);
    group.lastDelivered(position(context, stream));
    group.entriesRead(options.entriesRead());
    context.keyspace().countChange();
    context.reply().ok();
  }

  private static void destroy(CommandContext context) {
    StreamValue stream = stream(context);
    boolean destroyed = stream.groups().remove(context.argument(3)) != null;
    if (destroyed) {
      context.touch(context.argument(2));
    }
    context.reply().integer(destroyed ? 1 : 0);
  }

  private static void createConsumer(CommandContext context) {
    ConsumerGroup group = group(context, stream(context));
    byte[] name = context.argument(4);
    boolean isNew = group.consumer(name).isEmpty();
    if (isNew) {
      group.create(name, context.nowMillis());
      context.keyspace().countChange();
    }
    context.reply().integer(isNew ? 1 : 0);
  }

  private static void deleteConsumer(CommandContext context) {
    ConsumerGroup group = group(context, stream(context));
    Optional<ConsumerGroup.Consumer> consumer = group.consumer(context.argument(4));
    int pending = consumer.map(found -> found.pending().size()).orElse(0);
    if (consumer.isPresent()) {
      group.remove(consumer.get());
      context.keyspace().countChange();
    }
    context.reply().integer(pending);
  }

  private static void acknowledge(CommandContext context) {
    byte[] key = context.argument(1);
    StreamValue stream = context.write(key, StreamValue.class);
    Optional<ConsumerGroup> group =
        stream == null ? Optional.empty() : stream.group(context.argument(2));
    if (group.isEmpty()) {
      context.reply().integer(0);
      return;
    }
    List<StreamId> ids = new ArrayList<>();
    for (int i = 3; i < context.count(); i++) {
      ids.add(StreamIds.strict(context, i));
    }
    long acknowledged = ids.stream().filter(group.get()::acknowledge).count();
    if (acknowledged > 0) {
      context.keyspace().countChange();
    }
    context.reply().integer(acknowledged);
  }
}
