package io.shardquake.harness.target;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.disk.NodeFiles;
import io.shardquake.faults.disk.Shim;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.LastingConnection;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeObserver;
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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** A cluster that runs, whatever runs it. */
final class LiveCluster implements RunningCluster {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

  private final ServerDescription server;
  private final Capabilities capabilities;
  private final NodeDriver driver;
  private final ClusterConnections connections;
  private final LiveSlots slots;
  private Optional<Wires> wires = Optional.empty();
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
      NodeObserver observer,
      LastingConnection commands,
      Optional<NodeFiles> files,
      Optional<Shim> shim) {}

  /**
   * @param driver runs the nodes; is closed with the cluster
   * @param connections with the nodes; are closed with the cluster
   * @param directory the run's
   */
  LiveCluster(
      ServerDescription server,
      Capabilities capabilities,
      NodeDriver driver,
      ClusterConnections connections,
      Path directory) {
    this.server = server;
    this.capabilities = capabilities;
    this.driver = driver;
    this.connections = connections;
    this.slots =
        new LiveSlots(
            connections.credentials(), directory.resolve("rescue.jsonl"), this::endpoints);
  }

  /**
   * What lies between nodes and can be made to go wrong.
   *
   * @param remove takes it away
   */
  record Wires(Network network, Runnable remove) {}

  /** The nodes are connected by these from now on, until the cluster is closed. */
  void connectBy(Wires between) {
    wires = Optional.of(between);
  }

  /** Does what may block. */
  Executor executor() {
    return control;
  }

  /**
   * Adds a node, before the cluster is used.
   *
   * @param address where the harness asks and tells the node itself
   * @param files that it keeps, if they can be reached
   * @param shim that stands before it, if one does
   * @param clock nanoseconds since the start of the run
   */
  void add(
      NodeEndpoint endpoint,
      NodeAddress address,
      Optional<NodeFiles> files,
      Optional<Shim> shim,
      LongSupplier clock) {
    nodes.put(
        endpoint.name(),
        new Node(
            endpoint,
            new NodeObserver(connections, endpoint.name(), address, clock),
            new LastingConnection(connections, address),
            files,
            shim));
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
    return wires.map(Wires::network);
  }

  @Override
  public Optional<SlotAdministration> slots() {
    return Optional.of(slots);
  }

  @Override
  public Optional<NodeFiles> files(String node) {
    return node(node).files();
  }

  @Override
  public Optional<Shim> shim(String node) {
    return node(node).shim();
  }

  @Override
  public NodeStatus status(String node) {
    return driver.status(node(node).endpoint().name());
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
    return perform(() -> driver.kill(node));
  }

  @Override
  public CompletableFuture<Void> stop(String node) {
    return perform(() -> driver.stop(node));
  }

  @Override
  public CompletableFuture<Void> start(String node) {
    return perform(() -> driver.start(node));
  }

  @Override
  public CompletableFuture<Void> pause(String node) {
    return perform(() -> driver.pause(node));
  }

  @Override
  public CompletableFuture<Void> resume(String node) {
    return perform(() -> driver.resume(node));
  }

  @Override
  public CompletableFuture<Void> disconnect(String node) {
    return perform(() -> driver.disconnect(node));
  }

  @Override
  public CompletableFuture<Void> connect(String node) {
    return perform(() -> driver.connect(node));
  }

  @Override
  public CompletableFuture<Void> limitProcessor(String node, double share) {
    return perform(() -> driver.limitProcessor(node, share));
  }

  /** Something that may take a while and fails with a one-line message. */
  private interface Action {
    void perform() throws IOException, InterruptedException;
  }

  private CompletableFuture<Void> perform(Action action) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            action.perform();
          } catch (IOException e) {
            throw new CompletionException(e.getMessage(), e);
          } catch (InterruptedException e) {
            throw new CompletionException("interrupted, as the cluster is being closed", e);
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
      wires.ifPresent(between -> between.remove().run());
    } finally {
      driver.close();
    }
  }
}
