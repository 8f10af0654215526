package io.shardquake.node.core.info;

import io.shardquake.node.core.command.CommandStatistics;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.config.Configuration;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Percentiles of how long each command took. */
final class LatencyStatsSection implements InfoSection {
  private final Supplier<CommandTable> table;
  private final Configuration configuration;

  LatencyStatsSection(Supplier<CommandTable> table, Configuration configuration) {
    this.table = table;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "latencystats";
  }

  @Override
  public boolean isDefault() {
    return false;
  }

  @Override
  public void write(InfoText text) {
    if (configuration.yes("latency-tracking")) {
      CommandStatsSection.forEach(
          table.get(),
          (name, statistics) -> text.field("latency_percentiles_usec_" + name, line(statistics)));
    }
  }

  private String line(CommandStatistics statistics) {
    StringJoiner line = new StringJoiner(",");
    for (String word : configuration.text("latency-tracking-info-percentiles").split(" ", -1)) {
      if (!word.isEmpty()) {
        double value = statistics.percentile(Double.parseDouble(word));
        line.add("p" + word + "=" + String.format(Locale.ROOT, "%.3f", value));
      }
    }
    return line.toString();
  }
}
