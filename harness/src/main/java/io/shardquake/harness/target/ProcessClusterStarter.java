package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.ClusterFormation;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.ReplicaPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Starts a cluster of processes, one a node, whatever the server: directories, addresses,
 * processes, waiting until they answer, forming. Each node gets the directory {@code nodes/<name>}
 * and the log {@code logs/<name>.log} below the run's directory.
 */
final class ProcessClusterStarter {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  /** Processes of this machine can have everything done to them that a signal can do. */
  static final Capabilities CAPABILITIES = new Capabilities(Map.of());

  private final FreeAddresses addresses;
  private final DetachedCommand detached;

  ProcessClusterStarter(FreeAddresses addresses, DetachedCommand detached) {
    this.addresses = addresses;
    this.detached = detached;
  }

  /** Starts a cluster; see {@link Target#start}. */
  RunningCluster start(
      ServerDescription server,
      NodeRecipe recipe,
      ClusterOptions options,
      Path directory,
      LongSupplier clock)
      throws TargetException, InterruptedException {
    ProcessGroup group = openGroup(directory);
    ClusterConnections connections = new ClusterConnections(REQUEST_LIMIT);
    NodePing ping = new NodePing(connections, START_LIMIT);
    ProcessCluster cluster = new ProcessCluster(server, CAPABILITIES, group, connections, ping);
    boolean started = false;
    try {
      List<ServerProcess> processes = startProcesses(group, ping, recipe, options, directory);
      Map<NodeAddress, String> ids =
          new ClusterFormation(connections, START_LIMIT)
              .form(
                  ReplicaPlacement.plan(
                      processes.stream().map(process -> process.launch().address()).toList(),
                      options.replicasPerMaster()));
      processes.forEach(
          process -> cluster.add(process, ids.get(process.launch().address()), clock));
      started = true;
      return cluster;
    } catch (ClusterException e) {
      throw new TargetException("the cluster could not be formed: " + e.getMessage(), e);
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  private ProcessGroup openGroup(Path directory) throws TargetException {
    try {
      return ProcessGroup.open(directory, detached);
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
  }

  private List<ServerProcess> startProcesses(
      ProcessGroup group, NodePing ping, NodeRecipe recipe, ClusterOptions options, Path directory)
      throws TargetException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      List<NodeAddress> chosen = addresses.choose(options.nodeCount(), attempt);
      try {
        List<ServerProcess> processes = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
          processes.add(prepare(group, recipe, directory, "n" + (i + 1), chosen.get(i)));
        }
        for (ServerProcess process : processes) {
          process.start();
        }
        ping.await(processes);
        return processes;
      } catch (IOException e) {
        throw cannotWrite(directory, e);
      } catch (ClusterException e) {
        if (!e.getMessage().contains("Address already in use") || attempt + 1 == ATTEMPTS) {
          throw new TargetException(e.getMessage(), e);
        }
        group.clear();
      }
    }
  }

  private static ServerProcess prepare(
      ProcessGroup group, NodeRecipe recipe, Path directory, String name, NodeAddress address)
      throws IOException {
    Path own = Files.createDirectories(directory.resolve("nodes").resolve(name).toAbsolutePath());
    Path logs = Files.createDirectories(directory.resolve("logs").toAbsolutePath());
    List<String> command = recipe.prepare(own, address);
    return group.add(new NodeLaunch(name, address, command, own, logs.resolve(name + ".log")));
  }

  private static TargetException cannotWrite(Path directory, IOException e) {
    return new TargetException("cannot start servers in " + directory + ": " + OneLine.of(e), e);
  }
}
