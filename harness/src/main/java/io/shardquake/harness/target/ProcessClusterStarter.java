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
import io.shardquake.harness.netns.FilteredNode;
import io.shardquake.harness.netns.PacketNetwork;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Starts a cluster of processes, one a node, whatever the server: directories, addresses,
 * processes, waiting until they answer, forming. Each node gets the directory {@code nodes/<name>}
 * and the log {@code logs/<name>.log} below the run's directory.
 */
final class ProcessClusterStarter {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** Servers that all start at once on a busy machine take their time to answer. */
  private static final Duration FORMING_REQUEST_LIMIT = Duration.ofSeconds(15);

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
    Map<String, String> missing = new TreeMap<>();
    if (!addresses.hasOwnAddresses()) {
      missing.put(Mechanism.LINK_PROXY.toString(), FreeAddresses.ONE_ADDRESS);
    }
    ShimLibrary.missing().ifPresent(what -> missing.put(Mechanism.SHIM.toString(), what));
    missing.put(
        Mechanism.DISCONNECTION.toString(),
        "servers of this machine share its network; ask for a partition instead");
    missing.put(
        Mechanism.PROCESSOR_LIMIT.toString(),
        "processes without a container have all processors; ask for slow instead");
    return new Capabilities(missing);
  }

  /** Starts a cluster; see {@link Target#start}. */
  RunningCluster start(
      ServerDescription server,
      Capabilities target,
      NodeRecipe recipe,
      ClusterOptions options,
      Path directory,
      LongSupplier clock)
      throws TargetException, InterruptedException {
    ProcessGroup group = openGroup(directory);
    ClusterConnections connections = new ClusterConnections(REQUEST_LIMIT);
    NodePing ping = new NodePing(connections, START_LIMIT);
    ProcessDriver driver = new ProcessDriver(group, ping);
    LiveCluster cluster =
        new LiveCluster(
            server, WiringCapabilities.of(target, options), driver, connections, directory);
    boolean started = false;
    try {
      Map<String, ShimControl> shims = new TreeMap<>();
      List<ServerProcess> processes =
          startProcesses(
              group,
              ping,
              recipe,
              options,
              new RunPlaces(directory, cluster, library(options, directory), shims));
      if (options.wiring() == Wiring.PROXIED) {
        LinkProxy proxy = startProxy(processes);
        cluster.connectBy(new LiveCluster.Wires(proxy, proxy::close));
      }
      Map<NodeAddress, String> ids = form(processes, options.replicasPerMaster());
      for (ServerProcess process : processes) {
        driver.add(process);
        add(process, ids, Optional.ofNullable(shims.get(process.launch().node())), cluster, clock);
      }
      started = true;
      return cluster;
    } catch (ClusterException e) {
      throw new TargetException("the cluster could not be formed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  private static Map<NodeAddress, String> form(List<ServerProcess> processes, int replicas)
      throws ClusterException, InterruptedException {
    List<NodeAddress> nodes = processes.stream().map(it -> it.launch().place().entrance()).toList();
    try (ClusterConnections patient = new ClusterConnections(FORMING_REQUEST_LIMIT)) {
      return new ClusterFormation(patient, START_LIMIT)
          .form(ReplicaPlacement.plan(nodes, replicas));
    }
  }

  private static void add(
      ServerProcess process,
      Map<NodeAddress, String> ids,
      Optional<ShimControl> shim,
      LiveCluster cluster,
      LongSupplier clock)
      throws IOException {
    NodeLaunch launch = process.launch();
    NodeAddress entrance = launch.place().entrance();
    DirectoryFiles files = new DirectoryFiles(launch.directory(), shim, cluster.executor());
    files.rememberFormation();
    cluster.add(
        new NodeEndpoint(launch.node(), entrance.host(), entrance.port(), ids.get(entrance)),
        launch.address(),
        Optional.of(files),
        shim.map(before -> before),
        clock);
  }

  /**
   * Where a run keeps things of its nodes.
   *
   * @param directory the run's
   * @param cluster that is being started
   * @param library the shim to put before each node, if one is wanted
   * @param shims by node, filled in as nodes are prepared
   */
  private record RunPlaces(
      Path directory,
      LiveCluster cluster,
      Optional<ShimLibrary> library,
      Map<String, ShimControl> shims) {}

  private static Optional<ShimLibrary> library(ClusterOptions options, Path directory)
      throws TargetException, InterruptedException {
    return options.shimmed()
        ? Optional.of(ShimLibrary.build(directory.resolve("server").toAbsolutePath()))
        : Optional.empty();
  }

  private static PacketNetwork startFilter(List<ServerProcess> processes) throws TargetException {
    Map<String, FilteredNode> nodes = new LinkedHashMap<>();
    for (ServerProcess process : processes) {
      NodePlace place = process.launch().place();
      nodes.put(
          process.launch().node(),
          new FilteredNode(
              place.own().host(), place.own().port(), place.busPort(), place.control().host()));
    }
    try {
      return PacketNetwork.start(nodes);
    } catch (IOException e) {
      throw new TargetException("the packet filter cannot be started: " + OneLine.of(e), e);
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
      ProcessGroup group,
      NodePing ping,
      NodeRecipe recipe,
      ClusterOptions options,
      RunPlaces places)
      throws TargetException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      List<NodePlace> chosen = addresses.choose(options.nodeCount(), attempt, options.wiring());
      try {
        List<ServerProcess> processes = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
          processes.add(prepare(group, recipe, places, "n" + (i + 1), chosen.get(i)));
        }
        if (options.wiring() == Wiring.FILTERED) {
          // Before anybody asks for the addresses that it translates.
          PacketNetwork filter = startFilter(processes);
          places.cluster().connectBy(new LiveCluster.Wires(filter, filter::close));
        }
        for (ServerProcess process : processes) {
          process.start();
        }
        ping.await(processes);
        return processes;
      } catch (BindException claimed) {
        if (attempt + 1 == ATTEMPTS) {
          throw new TargetException("the addresses are claimed by other runs", claimed);
        }
        group.clear();
      } catch (IOException e) {
        throw cannotWrite(places.directory(), e);
      } catch (ClusterException e) {
        if (!e.getMessage().contains("Address already in use") || attempt + 1 == ATTEMPTS) {
          throw new TargetException(e.getMessage(), e);
        }
        group.clear();
      }
    }
  }

  private static ServerProcess prepare(
      ProcessGroup group, NodeRecipe recipe, RunPlaces places, String name, NodePlace place)
      throws IOException {
    Path run = places.directory().toAbsolutePath();
    Path own = Files.createDirectories(run.resolve("nodes").resolve(name));
    Path logs = Files.createDirectories(run.resolve("logs"));
    Map<String, String> environment = Map.of();
    if (places.library().isPresent()) {
      Path control = own.resolve("shim");
      places.shims().put(name, ShimControl.create(control));
      environment = places.library().get().environment(control);
    }
    List<String> command = recipe.prepare(own, place);
    return group.add(
        new NodeLaunch(name, place, command, environment, own, logs.resolve(name + ".log")));
  }

  private static TargetException cannotWrite(Path directory, IOException e) {
    return new TargetException("cannot start servers in " + directory + ": " + OneLine.of(e), e);
  }
}
