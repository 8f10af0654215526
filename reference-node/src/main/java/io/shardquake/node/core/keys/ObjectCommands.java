package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;

/** OBJECT: how a value is kept. */
final class ObjectCommands implements CommandGroup {
  private static final int SHARED_INTEGERS = 10_000;

  private static final HelpText HELP =
      new HelpText(
          "OBJECT",
          "ENCODING <key>",
          "    Return the kind of internal representation used in order to store the value",
          "    associated with a <key>.",
          "FREQ <key>",
          "    Return the access frequency index of the <key>. The returned integer is",
          "    proportional to the logarithm of the recent access frequency of the key.",
          "IDLETIME <key>",
          "    Return the idle time of the <key>, that is the approximated number of",
          "    seconds elapsed since the last access to the key.",
          "REFCOUNT <key>",
          "    Return the number of references of the value associated with the specified",
          "    <key>.");

  private final Configuration configuration;

  ObjectCommands(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void register(CommandTable table) {
    table.add("object|encoding", ObjectCommands::encoding);
    table.add("object|refcount", this::refcount);
    table.add("object|idletime", this::idletime);
    table.add("object|freq", this::freq);
    table.add("object|help", HELP);
  }

  private static void encoding(CommandContext context) {
    Value value = context.peek(context.argument(2));
    if (value == null) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(value.encoding());
    }
  }

  private void refcount(CommandContext context) {
    Value value = context.peek(context.argument(2));
    if (value == null) {
      context.reply().nullBulk();
    } else {
      context.reply().integer(isShared(value) ? Integer.MAX_VALUE : 1);
    }
  }

  /** Redis keeps one object for each small integer, unless eviction needs to know of accesses. */
  private boolean isShared(Value value) {
    String policy = configuration.text("maxmemory-policy");
    boolean needsAccesses = policy.endsWith("lru") || policy.endsWith("lfu");
    if (needsAccesses && configuration.number("maxmemory") > 0) {
      return false;
    }
    return value instanceof StringValue string
        && value.encoding().equals("int")
        && string.bytes().length <= 4
        && Integer.parseInt(new String(string.bytes(), StandardCharsets.US_ASCII)) >= 0
        && Integer.parseInt(new String(string.bytes(), StandardCharsets.US_ASCII))
            < SHARED_INTEGERS;
  }

  private void idletime(CommandContext context) {
    Value value = context.peek(context.argument(2));
    if (value == null) {
      context.reply().nullBulk();
      return;
    }
    if (tracksFrequency()) {
      throw new ErrorReply(
          "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when"
              + " switching between policies at runtime LRU and LFU data will take some time to"
              + " adjust.");
    }
    context.reply().integer(context.accesses().idleSeconds(value));
  }

  private void freq(CommandContext context) {
    Value value = context.peek(context.argument(2));
    if (value == null) {
      context.reply().nullBulk();
      return;
    }
    if (!tracksFrequency()) {
      throw new ErrorReply(
          "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note"
              + " that when switching between policies at runtime LRU and LFU data will take some"
              + " time to adjust.");
    }
    context.reply().integer(context.accesses().frequency(value));
  }

  private boolean tracksFrequency() {
    return configuration.text("maxmemory-policy").endsWith("lfu");
  }
}
