package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.command.ShortCommand;
import io.shardquake.harness.target.ExternalCluster.Hook;
import io.shardquake.harness.target.ExternalCluster.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Nodes that somebody else runs, broken by commands of the user's own. What a node does is told by
 * a hook, or else by how it takes a PING: who refuses the connection is dead, who does not answer
 * is paused.
 */
final class HookDriver implements NodeDriver {
  private static final ShortCommand HOOKS = new ShortCommand(Duration.ofSeconds(60));

  /** Of a process elsewhere nothing is known but that it is there. */
  private static final long SOME_PROCESS = 0;

  private final ExternalCluster cluster;
  private final ClusterConnections connections;
  private final WatchedNodes watched;

  HookDriver(ExternalCluster cluster, ClusterConnections connections) {
    this.cluster = cluster;
    this.connections = connections;
    this.watched = new WatchedNodes(cluster.nodes().stream().map(Node::name).toList(), this::look);
  }

  private NodeStatus look(String node) {
    State state = cluster.hook(Hook.STATUS).isPresent() ? told(node) : seen(address(node));
    return new NodeStatus(node, state == State.DEAD ? -1 : SOME_PROCESS, state);
  }

  private State told(String node) {
    try {
      String word = call(Hook.STATUS, node).strip().toUpperCase(Locale.ROOT);
      return State.valueOf(word);
    } catch (IOException | IllegalArgumentException unknown) {
      return State.DEAD;
    }
  }

  private State seen(NodeAddress address) {
    try {
      connections
          .connect(address)
          .thenCompose(node -> node.text("PING").whenComplete((pong, failure) -> node.close()))
          .get();
      return State.RUNNING;
    } catch (ExecutionException failure) {
      if (Failures.isErrorReply(failure.getCause())) {
        return State.RUNNING;
      }
      String reason = Failures.reason(failure).toLowerCase(Locale.ROOT);
      return reason.contains("refused") ? State.DEAD : State.PAUSED;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return State.DEAD;
    }
  }

  private Node node(String name) {
    return cluster.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + name));
  }

  private NodeAddress address(String name) {
    return new NodeAddress(node(name).host(), node(name).port());
  }

  private String call(Hook hook, String name) throws IOException {
    String command =
        cluster.hook(hook).orElseThrow(() -> new IOException("there is no hook '" + hook + "'"));
    Node node = node(name);
    return HOOKS.run(
        "",
        List.of("sh", "-c", command),
        Map.of("NODE", name, "HOST", node.host(), "PORT", Integer.toString(node.port())));
  }

  @Override
  public NodeStatus status(String node) {
    return watched.status(node);
  }

  @Override
  public void kill(String node) throws IOException, InterruptedException {
    call(Hook.KILL, node);
    watched.await(node, State.DEAD);
  }

  @Override
  public void stop(String node) throws IOException, InterruptedException {
    call(Hook.STOP, node);
    watched.await(node, State.DEAD);
  }

  @Override
  public void start(String node) throws IOException, InterruptedException {
    call(Hook.START, node);
    watched.await(node, State.RUNNING);
  }

  @Override
  public void pause(String node) throws IOException, InterruptedException {
    call(Hook.PAUSE, node);
    watched.await(node, State.PAUSED);
  }

  @Override
  public void resume(String node) throws IOException, InterruptedException {
    call(Hook.RESUME, node);
    watched.await(node, State.RUNNING);
  }

  @Override
  public void disconnect(String node) throws IOException {
    call(Hook.DISCONNECT, node);
  }

  @Override
  public void connect(String node) throws IOException, InterruptedException {
    call(Hook.CONNECT, node);
    watched.await(node, State.RUNNING);
  }

  /** Leaves the nodes alone: others run them. */
  @Override
  public void close() {
    watched.close();
  }
}
