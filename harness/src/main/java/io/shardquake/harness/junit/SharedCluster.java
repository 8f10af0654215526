package io.shardquake.harness.junit;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.harness.target.ServerDescription;
import io.shardquake.harness.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * A cluster that runs already and goes on when an experiment with it has ended. Tells times by the
 * experiment's clock.
 */
record SharedCluster(RunningCluster cluster, LongSupplier clock) implements RunningCluster {

  /** A target that gives this cluster to whoever starts one. */
  record Provider(String name, RunningCluster cluster) implements Target {
    @Override
    public Capabilities capabilities() {
      return cluster.capabilities();
    }

    @Override
    public RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock) {
      return new SharedCluster(cluster, clock);
    }
  }

  @Override
  public List<String> nodes() {
    return cluster.nodes();
  }

  @Override
  public List<NodeEndpoint> endpoints() {
    return cluster.endpoints();
  }

  @Override
  public ServerDescription serverDescription() {
    return cluster.serverDescription();
  }

  @Override
  public Capabilities capabilities() {
    return cluster.capabilities();
  }

  @Override
  public NodeStatus status(String node) {
    return cluster.status(node);
  }

  @Override
  public CompletionStage<TopologySample> view(String node) {
    return cluster
        .view(node)
        .thenApply(
            seen ->
                new TopologySample(
                    clock.getAsLong(), seen.observer(), seen.nodes(), seen.info(), seen.error()));
  }

  @Override
  public CompletionStage<Value> command(String node, List<String> words) {
    return cluster.command(node, words);
  }

  @Override
  public Optional<Network> network() {
    return cluster.network();
  }

  @Override
  public Optional<SlotAdministration> slots() {
    return cluster.slots();
  }

  @Override
  public CompletionStage<Void> kill(String node) {
    return cluster.kill(node);
  }

  @Override
  public CompletionStage<Void> stop(String node) {
    return cluster.stop(node);
  }

  @Override
  public CompletionStage<Void> start(String node) {
    return cluster.start(node);
  }

  @Override
  public CompletionStage<Void> pause(String node) {
    return cluster.pause(node);
  }

  @Override
  public CompletionStage<Void> resume(String node) {
    return cluster.resume(node);
  }

  /** Leaves it running. */
  @Override
  public void close() {}
}
