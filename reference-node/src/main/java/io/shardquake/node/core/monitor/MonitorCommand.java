package io.shardquake.node.core.monitor;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandObserver;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** MONITOR: shows a client every command that runs, but for administrative ones. */
public final class MonitorCommand implements CommandGroup, CommandObserver {
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final Set<Client> monitors = new LinkedHashSet<>();

  @Override
  public void register(CommandTable table) {
    table.add("monitor", this::monitor);
  }

  private void monitor(CommandContext context) {
    Client client = context.client();
    if (client.kind() != Client.Kind.NORMAL) {
      return;
    }
    client.monitor(true);
    monitors.add(client);
    context.reply().ok();
  }

  /** Shows a client nothing more. */
  public void forget(Client client) {
    if (monitors.remove(client)) {
      client.monitor(false);
    }
  }

  @Override
  public void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {
    if (monitors.isEmpty() || spec.is(CommandFlag.ADMIN) || spec.is(CommandFlag.SKIP_MONITOR)) {
      return;
    }
    StringBuilder line = new StringBuilder();
    line.append(outcome.startMicros() / MICROS_PER_SECOND)
        .append('.')
        .append(String.format(Locale.ROOT, "%06d", outcome.startMicros() % MICROS_PER_SECOND))
        .append(" [")
        .append(client.database())
        .append(' ')
        .append(client.isInScript() ? "lua" : client.address())
        .append(']');
    for (byte[] argument : Redaction.of(spec, arguments)) {
      line.append(' ').append(QuotedText.of(argument));
    }
    monitors.forEach(monitor -> monitor.reply().simple(line.toString()));
  }
}
