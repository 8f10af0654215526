package io.shardquake.node.core.info;

import io.shardquake.node.core.command.ErrorStatistics;

/** How often each kind of error was replied. */
final class ErrorStatsSection implements InfoSection {
  private final ErrorStatistics errors;

  ErrorStatsSection(ErrorStatistics errors) {
    this.errors = errors;
  }

  @Override
  public String name() {
    return "errorstats";
  }

  @Override
  public void write(InfoText text) {
    errors.counts().forEach((kind, count) -> text.field("errorstat_" + kind, "count=" + count));
  }
}
