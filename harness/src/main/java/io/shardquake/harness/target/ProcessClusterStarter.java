package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.network.LinkProxy;
import io.shardquake.faults.network.ProxiedNode;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.ClusterFormation;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.ReplicaPlacement;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
  private static final int PROXY_THREADS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

  private final FreeAddresses addresses;
  private final DetachedCommand detached;

  ProcessClusterStarter(FreeAddresses addresses, DetachedCommand detached) {
    this.addresses = addresses;
    this.detached = detached;
  }

  /** What can be done to clusters of processes of this machine. */
  Capabilities capabilities() {
    return new Capabilities(
        addresses.hasOwnAddresses()
            ? Map.of()
            : Map.of(Mechanism.LINK_PROXY.toString(), FreeAddresses.ONE_ADDRESS));
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
    ProcessCluster cluster =
        new ProcessCluster(server, capabilities(), group, connections, ping, directory);
    boolean started = false;
    try {
      List<ServerProcess> processes = startProcesses(group, ping, recipe, options, directory);
      if (options.wiring() == Wiring.PROXIED) {
        cluster.connectBy(startProxy(processes));
      }
      Map<NodeAddress, String> ids =
          new ClusterFormation(connections, START_LIMIT)
              .form(
                  ReplicaPlacement.plan(
                      processes.stream().map(it -> it.launch().place().entrance()).toList(),
                      options.replicasPerMaster()));
      processes.forEach(
          process -> cluster.add(process, ids.get(process.launch().place().entrance()), clock));
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

  private static LinkProxy startProxy(List<ServerProcess> processes) throws TargetException {
    try {
      List<ProxiedNode> nodes = new ArrayList<>();
      for (ServerProcess process : processes) {
        NodePlace place = process.launch().place();
        nodes.add(
            new ProxiedNode(
                process.launch().node(),
                InetAddress.getByName(place.own().host()),
                place.own().port(),
                place.busPort(),
                place.entrance().port(),
                place.entranceBusPort()));
      }
      return LinkProxy.start(nodes, PROXY_THREADS, new SplittableRandom());
    } catch (IOException e) {
      throw new TargetException("the link proxy cannot be started: " + OneLine.of(e), e);
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
      List<NodePlace> chosen = addresses.choose(options.nodeCount(), attempt, options.wiring());
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
      ProcessGroup group, NodeRecipe recipe, Path directory, String name, NodePlace place)
      throws IOException {
    Path own = Files.createDirectories(directory.resolve("nodes").resolve(name).toAbsolutePath());
    Path logs = Files.createDirectories(directory.resolve("logs").toAbsolutePath());
    List<String> command = recipe.prepare(own, place);
    return group.add(new NodeLaunch(name, place, command, own, logs.resolve(name + ".log")));
  }

  private static TargetException cannotWrite(Path directory, IOException e) {
    return new TargetException("cannot start servers in " + directory + ": " + OneLine.of(e), e);
  }
}
