package io.shardquake.node.core.debug;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keys.ExpiryCycle;
import io.shardquake.node.core.keyspace.Databases;
import java.util.Locale;

/** DEBUG: what tests use of it. */
public final class DebugCommand implements CommandGroup {
  private final Configuration configuration;
  private final Databases databases;
  private final ExpiryCycle expiryCycle;
  private final Outbox outbox;
  private final DatasetDigest digest = new DatasetDigest();

  public DebugCommand(
      Configuration configuration, Databases databases, ExpiryCycle expiryCycle, Outbox outbox) {
    this.configuration = configuration;
    this.databases = databases;
    this.expiryCycle = expiryCycle;
    this.outbox = outbox;
  }

  @Override
  public void register(CommandTable table) {
    table.add("debug", this::debug);
  }

  private void debug(CommandContext context) {
    requirePermission(context.client());
    int arguments = context.count() - 2;
    switch (context.text(1).toLowerCase(Locale.ROOT)) {
      case "digest" -> {
        require(arguments == 0, context);
        context.reply().simple(digest.of(databases));
      }
      case "digest-value" -> digestValues(context);
      case "set-active-expire" -> {
        require(arguments == 1, context);
        expiryCycle.activate(context.is(2, "1"));
        context.reply().ok();
      }
      case "sleep" -> {
        require(arguments == 1, context);
        long micros = micros(context.text(2));
        outbox.toNetwork(new Effect.Stall(micros));
        context.stallsFor(micros);
        context.reply().ok();
      }
      default -> throw unknown(context);
    }
  }

  private void requirePermission(Client client) {
    String permission = configuration.text("enable-debug-command");
    boolean local = client.address().startsWith("127.") || client.address().startsWith("::1");
    if (!permission.equals("yes") && !(permission.equals("local") && local)) {
      throw new ErrorReply(
          "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\","
              + " you can run it from a local connection, otherwise you need to set this option in"
              + " the configuration file, and then restart the server.");
    }
  }

  private static void require(boolean fits, CommandContext context) {
    if (!fits) {
      throw unknown(context);
    }
  }

  private static ErrorReply unknown(CommandContext context) {
    return new ErrorReply(
        "ERR unknown subcommand or wrong number of arguments for '"
            + context.text(1)
            + "'. Try DEBUG HELP.");
  }

  private void digestValues(CommandContext context) {
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      context.reply().simple(digest.ofValue(context.keyspace(), context.argument(i)));
    }
  }

  /** What C's {@code strtod} makes of seconds, in microseconds; what is no number is 0. */
  private static long micros(String seconds) {
    return seconds.matches("\\d{1,9}(\\.\\d*)?|\\.\\d+")
        ? Math.round(Double.parseDouble(seconds) * 1e6)
        : 0;
  }
}
