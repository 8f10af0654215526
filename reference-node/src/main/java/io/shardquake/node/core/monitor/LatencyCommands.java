package io.shardquake.node.core.monitor;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandStatistics;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** LATENCY. */
public final class LatencyCommands implements CommandGroup {
  private static final String OFF =
      "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance."
          + " You may use \"CONFIG SET latency-monitor-threshold <milliseconds>.\" in order to"
          + " enable it. If we weren't in a deep space mission I'd suggest to take a look at"
          + " https://redis.io/topics/latency-monitor.\n";
  private static final String QUIET =
      "Dave, no latency spike was observed during the lifetime of this Redis instance, not in the"
          + " slightest bit. I honestly think you ought to sit down calmly, take a stress pill, and"
          + " think things over.\n";
  private static final String SPIKES =
      "Dave, I have observed latency spikes in this Redis instance.\n\n";

  private final LatencyMonitor monitor;

  public LatencyCommands(LatencyMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public void register(CommandTable table) {
    table.add("latency|latest", this::latest);
    table.add("latency|history", this::history);
    table.add("latency|graph", this::graph);
    table.add("latency|reset", this::reset);
    table.add("latency|doctor", this::doctor);
    table.add("latency|histogram", context -> histogram(context, table));
    table.add("latency|help", HelpText.named("LATENCY"));
  }

  private void latest(CommandContext context) {
    ReplyBuffer reply = context.reply();
    reply.array(monitor.events().size());
    monitor
        .events()
        .forEach(
            (event, series) -> {
              reply.array(4);
              reply.bulk(event);
              reply.integer(series.last().unixSeconds());
              reply.integer(series.last().millis());
              reply.integer(series.worst());
            });
  }

  private void history(CommandContext context) {
    LatencyMonitor.Series series = monitor.events().get(context.text(2));
    ReplyBuffer reply = context.reply();
    if (series == null) {
      reply.array(0);
      return;
    }
    reply.array(series.samples().size());
    for (LatencyMonitor.Sample sample : series.samples()) {
      reply.array(2);
      reply.integer(sample.unixSeconds());
      reply.integer(sample.millis());
    }
  }

  private void graph(CommandContext context) {
    LatencyMonitor.Series series = monitor.events().get(context.text(2));
    if (series == null) {
      throw new ErrorReply("ERR No samples available for event '" + context.quoted(2) + "'");
    }
    byte[] graph =
        LatencyGraph.of(context.text(2), series, context.nowMillis() / 1000)
            .getBytes(StandardCharsets.UTF_8);
    context.reply().verbatim("txt", graph);
  }

  private void reset(CommandContext context) {
    int forgotten = context.count() == 2 ? monitor.forgetAll() : 0;
    for (int i = 2; i < context.count(); i++) {
      forgotten += monitor.forget(context.text(i)) ? 1 : 0;
    }
    context.reply().integer(forgotten);
  }

  private void doctor(CommandContext context) {
    StringBuilder report = new StringBuilder();
    if (monitor.events().isEmpty()) {
      report.append(monitor.isOn() ? QUIET : OFF);
    } else {
      report.append(SPIKES);
      int number = 1;
      for (Map.Entry<String, LatencyMonitor.Series> event : monitor.events().entrySet()) {
        report.append(number++).append(". ").append(event.getKey()).append(": ");
        report.append(summary(event.getValue()));
      }
    }
    context.reply().verbatim("txt", report.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String summary(LatencyMonitor.Series series) {
    double average =
        series.samples().stream().mapToLong(LatencyMonitor.Sample::millis).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "%d latency spikes (average %.0fms). Worst all time event %dms.\n",
        series.samples().size(),
        average,
        series.worst());
  }

  private static void histogram(CommandContext context, CommandTable table) {
    List<CommandSpec> wanted = new ArrayList<>();
    if (context.count() == 2) {
      table.all().forEach(spec -> addWithSubcommands(spec, wanted));
    }
    for (int i = 2; i < context.count(); i++) {
      CommandSpec spec = table.find(context.text(i));
      if (spec != null) {
        addWithSubcommands(spec, wanted);
      }
    }
    wanted.removeIf(spec -> spec.statistics().calls() == 0);
    ReplyBuffer reply = context.reply();
    reply.map(wanted.size());
    for (CommandSpec spec : wanted) {
      reply.bulk(spec.name());
      describe(spec.statistics(), reply);
    }
  }

  private static void addWithSubcommands(CommandSpec spec, List<CommandSpec> list) {
    if (spec.subcommands().isEmpty()) {
      list.add(spec);
    } else {
      list.addAll(spec.subcommands());
    }
  }

  /** Cumulative counts, where they grow, by the powers of two of microseconds. */
  private static void describe(CommandStatistics statistics, ReplyBuffer reply) {
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < CommandStatistics.buckets(); i++) {
      if (statistics.upTo(i) > (i == 0 ? 0 : statistics.upTo(i - 1))) {
        steps.add(i);
      }
    }
    reply.map(2);
    reply.bulk("calls");
    reply.integer(statistics.calls());
    reply.bulk("histogram_usec");
    reply.map(steps.size());
    for (int step : steps) {
      reply.integer(1L << step);
      reply.integer(statistics.upTo(step));
    }
  }
}
