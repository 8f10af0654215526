package io.shardquake.node.core.pubsub;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Subscriptions.Kind;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.keyspace.GlobPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** SUBSCRIBE, PUBLISH and their kin, and what a subscribed client may still do. */
public final class PubSubCommands implements CommandGroup, Gatekeeper {
  private static final Set<String> ALLOWED_WHILE_SUBSCRIBED =
      new TreeSet<>(
          List.of(
              "ping",
              "subscribe",
              "ssubscribe",
              "psubscribe",
              "unsubscribe",
              "sunsubscribe",
              "punsubscribe",
              "quit",
              "reset"));

  private static final HelpText HELP =
      new HelpText(
          "PUBSUB",
          "CHANNELS [<pattern>]",
          "    Return the currently active channels matching a <pattern> (default: '*').",
          "NUMPAT",
          "    Return number of subscriptions to patterns.",
          "NUMSUB [<channel> ...]",
          "    Return the number of subscribers for the specified channels, excluding",
          "    pattern subscriptions(default: no channels).",
          "SHARDCHANNELS [<pattern>]",
          "    Return the currently active shard level channels matching a <pattern> (default:"
              + " '*').",
          "SHARDNUMSUB [<shardchannel> ...]",
          "    Return the number of subscribers for the specified shard level channel(s)");

  private final PubSub pubSub;
  private final Optional<Bus> bus;

  /** Takes messages to the other nodes of a cluster. */
  @FunctionalInterface
  public interface Bus {
    /**
     * Sends a message to every node, or to those of this node's shard.
     *
     * @param sharded whether to this shard only
     */
    void publish(boolean sharded, byte[] channel, byte[] message);
  }

  /**
   * The commands.
   *
   * @param bus to the other nodes; without one, replicas get messages with the stream of commands
   */
  public PubSubCommands(PubSub pubSub, Optional<Bus> bus) {
    this.pubSub = pubSub;
    this.bus = bus;
  }

  @Override
  public void register(CommandTable table) {
    table.add("subscribe", context -> subscribe(context, Kind.CHANNEL));
    table.add("psubscribe", context -> subscribe(context, Kind.PATTERN));
    table.add("ssubscribe", this::ssubscribe);
    table.add("unsubscribe", context -> unsubscribe(context, Kind.CHANNEL));
    table.add("punsubscribe", context -> unsubscribe(context, Kind.PATTERN));
    table.add("sunsubscribe", context -> unsubscribe(context, Kind.SHARD_CHANNEL));
    table.add("publish", context -> publish(context, false));
    table.add("spublish", context -> publish(context, true));
    table.add("pubsub|channels", context -> channels(context, Kind.CHANNEL));
    table.add("pubsub|shardchannels", context -> channels(context, Kind.SHARD_CHANNEL));
    table.add("pubsub|numsub", context -> subscribers(context, Kind.CHANNEL));
    table.add("pubsub|shardnumsub", context -> subscribers(context, Kind.SHARD_CHANNEL));
    table.add("pubsub|numpat", this::patterns);
    table.add("pubsub|help", HELP);
  }

  private void subscribe(CommandContext context, Kind kind) {
    for (int i = 1; i < context.count(); i++) {
      pubSub.subscribe(context.client(), kind, context.argument(i));
    }
  }

  private void ssubscribe(CommandContext context) {
    if (!context.mayBlock()) {
      throw new ErrorReply("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
    }
    subscribe(context, Kind.SHARD_CHANNEL);
  }

  private void unsubscribe(CommandContext context, Kind kind) {
    if (context.count() == 1) {
      pubSub.unsubscribeAll(context.client(), kind);
    }
    for (int i = 1; i < context.count(); i++) {
      pubSub.unsubscribe(context.client(), kind, context.argument(i));
    }
  }

  private void publish(CommandContext context, boolean sharded) {
    byte[] channel = context.argument(1);
    byte[] message = context.argument(2);
    int sent = pubSub.publish(sharded, channel, message);
    if (bus.isPresent()) {
      bus.get().publish(sharded, channel, message);
    } else {
      context.propagateInstead(context.text(0), channel, message);
    }
    context.reply().integer(sent);
  }

  private void channels(CommandContext context, Kind kind) {
    if (context.count() > 3) {
      throw new ErrorReply(
          "ERR unknown subcommand or wrong number of arguments for '"
              + context.quoted(1)
              + "'. Try PUBSUB HELP.");
    }
    List<byte[]> names = pubSub.names(kind);
    if (context.count() == 3) {
      GlobPattern pattern = GlobPattern.of(context.argument(2));
      names.removeIf(name -> !pattern.matches(name));
    }
    context.reply().bulks(names);
  }

  private void subscribers(CommandContext context, Kind kind) {
    context.reply().array(2 * (context.count() - 2));
    for (int i = 2; i < context.count(); i++) {
      context.reply().bulk(context.argument(i));
      context.reply().integer(pubSub.count(kind, context.argument(i)));
    }
  }

  private void patterns(CommandContext context) {
    context.reply().integer(pubSub.countNames(Kind.PATTERN));
  }

  @Override
  public Optional<String> refusal(Client client, CommandSpec spec, byte[][] arguments) {
    if (client.subscriptions().isEmpty()
        || client.reply().isResp3()
        || ALLOWED_WHILE_SUBSCRIBED.contains(spec.name())) {
      return Optional.empty();
    }
    return Optional.of(
        "ERR Can't execute '"
            + spec.name()
            + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
            + " context");
  }
}
