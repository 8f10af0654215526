package io.shardquake.node.core.info;

import io.shardquake.node.core.Input;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandRunner;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorStatistics;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.replication.ReplicationView;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All that INFO tells, put together. Not thread-safe. */
public final class Information {
  private final ProcessFacts process;
  private final Traffic traffic = new Traffic();
  private final InfoCommand command;
  private final CommandRunner runner;
  private final LongSupplier nowMicros;

  /**
   * Puts it together.
   *
   * @param runId of this process, 40 hexadecimal digits
   * @param nowMicros Unix microseconds
   * @param process what is known of the process
   * @param memory adds to the section of memory
   * @param statistics adds to the section of statistics
   * @param persistence the section of persistence
   * @param replication how replication stands
   */
  public Information(
      Configuration configuration,
      Clients clients,
      WaitingClients waiting,
      Databases databases,
      CommandRunner runner,
      Supplier<ReplicationView> replication,
      ProcessFacts process,
      ErrorStatistics errors,
      Supplier<CommandTable> table,
      Consumer<InfoText> memory,
      Consumer<InfoText> statistics,
      InfoSection persistence,
      String runId,
      LongSupplier nowMicros) {
    this.runner = runner;
    this.process = process;
    this.nowMicros = nowMicros;
    this.command =
        new InfoCommand(
            List.of(
                new ServerSection(configuration, process, runId, nowMicros),
                new ClientsSection(configuration, clients, waiting),
                new MemorySection(configuration, process, memory),
                persistence,
                new StatsSection(clients, runner, traffic, replication, statistics),
                new RoleSection(replication, configuration),
                new CpuSection(process),
                new CommandStatsSection(table),
                new ErrorStatsSection(errors),
                new LatencyStatsSection(table, configuration),
                new ClusterSection(configuration),
                new KeyspaceSection(databases)));
  }

  public InfoCommand command() {
    return command;
  }

  /** The configuration file's path; empty if there is none. */
  public String configFile() {
    return process.started().configFile();
  }

  /** What is known of the process. */
  public ProcessFacts process() {
    return process;
  }

  public Traffic traffic() {
    return traffic;
  }

  /** Takes in what the node was told of its process. */
  public void started(Input.Started facts) {
    process.started(facts);
  }

  /** Takes in the latest figures. */
  public void measured(Input.Vitals figures) {
    process.measured(figures);
  }

  /** Time has passed. */
  public void tick() {
    traffic.tick(nowMicros.getAsLong() / 1000, runner.executed());
  }
}
