package io.shardquake.node.core.info;

import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandStatistics;
import io.shardquake.node.core.command.CommandTable;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** How often each command ran, and how long it took. */
final class CommandStatsSection implements InfoSection {
  private final Supplier<CommandTable> table;

  CommandStatsSection(Supplier<CommandTable> table) {
    this.table = table;
  }

  @Override
  public String name() {
    return "commandstats";
  }

  @Override
  public boolean isDefault() {
    return false;
  }

  /** Visits the statistics of every command that was asked for. */
  static void forEach(CommandTable table, BiConsumer<String, CommandStatistics> visit) {
    for (CommandSpec spec : table.all()) {
      visit(spec, visit);
      spec.subcommands().forEach(sub -> visit(sub, visit));
    }
  }

  private static void visit(CommandSpec spec, BiConsumer<String, CommandStatistics> visit) {
    CommandStatistics statistics = spec.statistics();
    if (statistics.calls() > 0 || statistics.rejected() > 0) {
      visit.accept(spec.name(), statistics);
    }
  }

  @Override
  public void write(InfoText text) {
    forEach(table.get(), (name, statistics) -> text.field("cmdstat_" + name, line(statistics)));
  }

  private static String line(CommandStatistics statistics) {
    double each = statistics.calls() == 0 ? 0 : (double) statistics.micros() / statistics.calls();
    return String.format(
        Locale.ROOT,
        "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
        statistics.calls(),
        statistics.micros(),
        each,
        statistics.rejected(),
        statistics.failed());
  }
}
