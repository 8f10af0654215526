package io.shardquake.harness.target;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeObserver;
import io.shardquake.harness.target.ExternalCluster.Hook;
import io.shardquake.harness.target.ExternalCluster.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target {@code external}: a cluster that somebody else runs and that is there already, broken
 * by commands of the user's own. Its data are used by the traffic, and nothing is cleaned up.
 */
public final class ExternalTarget implements Target {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(1);

  private final ExternalCluster external;

  /**
   * @param description a file that says where the nodes are, and how to break them
   * @throws IllegalArgumentException in one line what is wrong with it
   */
  public ExternalTarget(Path description) {
    this.external = ExternalCluster.read(description);
  }

  @Override
  public String name() {
    return "external";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Map.of())
        .lacking(
            Mechanism.LINKS.toString(),
            "nothing stands between these nodes; give the hooks disconnect and connect, and ask"
                + " for disconnect")
        .lacking(Mechanism.SHIM.toString(), "no shim can be put before somebody else's servers")
        .lacking(Mechanism.FILES.toString(), "the files of these nodes are out of reach")
        .lacking(Mechanism.PROCESSOR_LIMIT.toString(), "there is no hook for it; ask for slow")
        .lacking("config-rewrite", "these nodes' configuration files are not ours to overwrite")
        .with(Mechanism.DISCONNECTION.toString(), lacking(Hook.DISCONNECT, Hook.CONNECT))
        .with("kill", lacking(Hook.KILL, Hook.START))
        .with("crash-in-resync", lacking(Hook.KILL, Hook.START))
        .with("crash-in-rewrite", lacking(Hook.KILL, Hook.START))
        .with("interrupted-reshard", lacking(Hook.KILL, Hook.START))
        .with("restart", lacking(Hook.STOP, Hook.START))
        .with("rolling-restart", lacking(Hook.STOP, Hook.START))
        .with("pause", lacking(Hook.PAUSE, Hook.RESUME))
        .with("slow", lacking(Hook.PAUSE, Hook.RESUME))
        .with("buffer-overflow", lacking(Hook.PAUSE, Hook.RESUME));
  }

  private Optional<String> lacking(Hook... needed) {
    String missing =
        Stream.of(needed)
            .filter(hook -> external.hook(hook).isEmpty())
            .map(Hook::toString)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("the description has no hook " + missing);
  }

  @Override
  public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException {
    if (options.nodeCount() != external.nodes().size()) {
      throw new TargetException(
          "the description has "
              + external.nodes().size()
              + " nodes, but "
              + options.masters()
              + " masters with "
              + options.replicasPerMaster()
              + " replicas each were asked for: say how it is with --masters and --replicas");
    }
    ClusterConnections connections = new ClusterConnections(REQUEST_LIMIT);
    LiveCluster cluster =
        new LiveCluster(
            new ServerDescription("somebody's cluster", "", "", "", endpoints()),
            WiringCapabilities.of(capabilities(), options),
            new HookDriver(external, connections),
            connections,
            directory);
    boolean started = false;
    try {
      List<String> masters = new ArrayList<>();
      for (Node node : external.nodes()) {
        NodeAddress address = new NodeAddress(node.host(), node.port());
        NodeView self = self(node, address, connections, clock);
        if (self.is(NodeFlag.MASTER) && !self.slots().isEmpty()) {
          masters.add(node.name());
        }
        cluster.add(
            new NodeEndpoint(node.name(), node.host(), node.port(), self.id()),
            address,
            Optional.empty(),
            Optional.empty(),
            clock);
      }
      if (masters.size() != options.masters()) {
        throw new TargetException(
            "it has the masters " + masters + ": say how many with --masters and --replicas");
      }
      started = true;
      return cluster;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  private String endpoints() {
    return external.nodes().stream()
        .map(node -> node.host() + ":" + node.port())
        .collect(Collectors.joining(", "));
  }

  private static NodeView self(
      Node node, NodeAddress address, ClusterConnections connections, LongSupplier clock)
      throws TargetException, InterruptedException {
    try {
      TopologySample sample =
          new NodeObserver(connections, node.name(), address, clock).observe().get();
      if (!sample.answered()) {
        throw new TargetException(
            node.name() + " at " + address + " does not answer: " + sample.error());
      }
      ClusterView view = ClusterView.of(sample);
      if (!view.info().ok()) {
        throw new TargetException(node.name() + " says that its cluster is not ok");
      }
      return view.myself()
          .orElseThrow(() -> new TargetException(node.name() + " does not say who it is"));
    } catch (ExecutionException | IllegalArgumentException e) {
      throw new TargetException(node.name() + " at " + address + ": " + e.getMessage(), e);
    }
  }
}
