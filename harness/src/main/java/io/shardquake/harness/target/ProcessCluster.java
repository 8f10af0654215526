package io.shardquake.harness.target;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.LinkProxy;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.process.Signal;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.LastingConnection;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeObserver;
import io.shardquake.harness.cluster.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A running cluster whose nodes are processes of this machine. */
final class ProcessCluster implements RunningCluster {
  /** How long a signal may take to show; killing a server with much memory takes a while. */
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(30);

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

  private final ServerDescription server;
  private final Capabilities capabilities;
  private final ProcessGroup group;
  private final ClusterConnections connections;
  private final NodePing ping;
  private final LiveSlots slots;
  private Optional<LinkProxy> proxy = Optional.empty();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final ExecutorService control =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "node-control");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Views and commands go to the node itself, also where a proxy stands before it: what is asked of
   * a node that is cut off must be answered. Commands have a connection of their own: a slow one
   * must not hold up the views.
   */
  private record Node(
      NodeEndpoint endpoint,
      ServerProcess process,
      NodeObserver observer,
      LastingConnection commands) {}

  /**
   * @param directory the run's
   */
  ProcessCluster(
      ServerDescription server,
      Capabilities capabilities,
      ProcessGroup group,
      ClusterConnections connections,
      NodePing ping,
      Path directory) {
    this.server = server;
    this.capabilities = capabilities;
    this.group = group;
    this.connections = connections;
    this.ping = ping;
    this.slots = new LiveSlots(connections, directory.resolve("rescue.jsonl"), this::endpoints);
  }

  /** Before the nodes stands this proxy from now on, until the cluster is closed. */
  void connectBy(LinkProxy between) {
    proxy = Optional.of(between);
  }

  void add(ServerProcess process, String nodeId, LongSupplier clock) {
    String name = process.launch().node();
    NodeAddress address = process.launch().address();
    NodeAddress entrance = process.launch().place().entrance();
    nodes.put(
        name,
        new Node(
            new NodeEndpoint(name, entrance.host(), entrance.port(), nodeId),
            process,
            new NodeObserver(connections, name, address, clock),
            new LastingConnection(connections, address)));
  }

  @Override
  public List<String> nodes() {
    return List.copyOf(nodes.keySet());
  }

  @Override
  public List<NodeEndpoint> endpoints() {
    return nodes.values().stream().map(Node::endpoint).toList();
  }

  @Override
  public ServerDescription serverDescription() {
    return server;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Optional<Network> network() {
    return proxy.map(between -> between);
  }

  @Override
  public Optional<SlotAdministration> slots() {
    return Optional.of(slots);
  }

  @Override
  public NodeStatus status(String node) {
    return node(node).process().status();
  }

  @Override
  public CompletableFuture<TopologySample> view(String node) {
    return node(node).observer().observe();
  }

  @Override
  public CompletableFuture<Value> command(String node, List<String> words) {
    LastingConnection commands = node(node).commands();
    CompletableFuture<NodeConnection> connection = commands.get();
    return connection
        .thenCompose(
            open -> open.within(COMMAND_LIMIT).reply(words.get(0), words.subList(1, words.size())))
        .handle(
            (reply, failure) -> {
              if (failure == null) {
                return reply;
              }
              if (!Failures.isErrorReply(failure)) {
                commands.discard(connection);
              }
              throw new CompletionException(Failures.reason(failure), failure);
            });
  }

  @Override
  public CompletableFuture<Void> kill(String node) {
    return end(node, List.of(Signal.KILL));
  }

  @Override
  public CompletableFuture<Void> stop(String node) {
    // A paused process would take notice of the SIGTERM only when it goes on.
    return end(node, List.of(Signal.TERM, Signal.CONT));
  }

  private CompletableFuture<Void> end(String name, List<Signal> signals) {
    ServerProcess process = node(name).process();
    return perform(
        () -> {
          if (process.status().state() == NodeStatus.State.DEAD) {
            return;
          }
          process.signal(signals.get(0));
          if (process.status().state() == NodeStatus.State.PAUSED && signals.size() > 1) {
            process.signal(signals.get(1));
          }
          try {
            process.gone().get(SIGNAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
          } catch (TimeoutException e) {
            throw new IOException(
                name + " still runs " + SIGNAL_LIMIT.toSeconds() + " s after SIG" + signals.get(0),
                e);
          }
        });
  }

  @Override
  public CompletableFuture<Void> start(String node) {
    ServerProcess process = node(node).process();
    return perform(
        () -> {
          process.start();
          ping.await(List.of(process));
        });
  }

  @Override
  public CompletableFuture<Void> pause(String node) {
    return signal(node, Signal.STOP, NodeStatus.State.PAUSED);
  }

  @Override
  public CompletableFuture<Void> resume(String node) {
    return signal(node, Signal.CONT, NodeStatus.State.RUNNING);
  }

  private CompletableFuture<Void> signal(String name, Signal signal, NodeStatus.State expected) {
    ServerProcess process = node(name).process();
    return perform(
        () -> {
          process.signal(signal);
          Readiness.await(
              SIGNAL_LIMIT,
              () -> {
                NodeStatus.State state = process.status().state();
                return state == expected
                    ? Optional.empty()
                    : Optional.of(name + " is " + state + " after SIG" + signal);
              });
        });
  }

  /** Something that may take a while and fails with a one-line message. */
  private interface Action {
    void perform() throws Exception;
  }

  private CompletableFuture<Void> perform(Action action) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            action.perform();
          } catch (IOException | ClusterException e) {
            throw new CompletionException(e.getMessage(), e);
          } catch (Exception e) {
            throw new CompletionException(e.toString(), e);
          }
        },
        control);
  }

  private Node node(String name) {
    return Optional.ofNullable(nodes.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no node " + name + ", only " + new ArrayList<>(nodes.keySet())));
  }

  @Override
  public void close() {
    try {
      slots.close();
      control.shutdownNow();
      connections.close();
      proxy.ifPresent(LinkProxy::close);
    } finally {
      group.close();
    }
  }
}
