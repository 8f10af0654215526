package io.shardquake.node.core.info;

import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandRunner;
import io.shardquake.node.core.replication.ReplicationView;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counters since the start or the last CONFIG RESETSTAT. */
final class StatsSection implements InfoSection {
  private final Clients clients;
  private final CommandRunner runner;
  private final Traffic traffic;
  private final Supplier<ReplicationView> replication;
  private final Consumer<InfoText> more;

  StatsSection(
      Clients clients,
      CommandRunner runner,
      Traffic traffic,
      Supplier<ReplicationView> replication,
      Consumer<InfoText> more) {
    this.clients = clients;
    this.runner = runner;
    this.traffic = traffic;
    this.replication = replication;
    this.more = more;
  }

  @Override
  public String name() {
    return "stats";
  }

  @Override
  public void write(InfoText text) {
    text.field("total_connections_received", clients.accepted());
    text.field("total_commands_processed", runner.executed());
    text.field("instantaneous_ops_per_sec", traffic.commandsPerSecond());
    text.field("total_net_input_bytes", traffic.bytesIn());
    text.field("total_net_output_bytes", traffic.bytesOut());
    text.decimal("instantaneous_input_kbps", traffic.kilobytesInPerSecond());
    text.decimal("instantaneous_output_kbps", traffic.kilobytesOutPerSecond());
    text.field("rejected_connections", traffic.rejectedConnections());
    ReplicationView view = replication.get();
    text.field("sync_full", view.fullSyncs());
    text.field("sync_partial_ok", view.partialSyncs());
    text.field("sync_partial_err", view.partialRefusals());
    more.accept(text);
    text.none(
        "active_defrag_hits",
        "active_defrag_misses",
        "active_defrag_key_hits",
        "active_defrag_key_misses",
        "total_active_defrag_time",
        "current_active_defrag_time",
        "io_threaded_reads_processed",
        "io_threaded_writes_processed");
    text.field("total_reads_processed", traffic.reads());
    text.field("total_writes_processed", traffic.writes());
  }
}
