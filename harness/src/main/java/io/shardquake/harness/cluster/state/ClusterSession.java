package io.shardquake.harness.cluster.state;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A cluster that is administered: finds its nodes from one of them and keeps a connection to each.
 * Used by one thread at a time.
 */
public final class ClusterSession implements AutoCloseable {
  private static final Duration DEFAULT_NODE_TIMEOUT = Duration.ofSeconds(15);

  private final ClusterConnections connections;
  private final NodeAddress seed;
  private final Map<NodeAddress, NodeConnection> open = new LinkedHashMap<>();
  private final Map<String, NodeAddress> addresses = new LinkedHashMap<>();

  /**
   * @param connections opens connections
   * @param seed any node of the cluster
   */
  public ClusterSession(ClusterConnections connections, NodeAddress seed) {
    this.connections = connections;
    this.seed = seed;
  }

  /**
   * Asks every node that can be found, beginning with the seed.
   *
   * @throws ClusterException if the seed cannot be asked
   */
  public ClusterSnapshot snapshot() throws ClusterException, InterruptedException {
    List<NodeReport> reports = new ArrayList<>();
    Map<String, AbsentNode> absent = new LinkedHashMap<>();
    Set<String> found = new HashSet<>();
    NodeReport first = report(seed);
    Deque<NodeView> toAsk = new ArrayDeque<>();
    add(first, reports, found, toAsk);
    while (!toAsk.isEmpty()) {
      NodeView next = toAsk.poll();
      if (found.contains(next.id())) {
        continue;
      }
      try {
        NodeReport report = reportOf(next);
        add(report, reports, found, toAsk);
      } catch (ClusterException e) {
        absent.putIfAbsent(next.id(), new AbsentNode(next, reason(next, e)));
        found.add(next.id());
      }
    }
    return new ClusterSnapshot(reports, List.copyOf(absent.values()));
  }

  /** Without the node's address, with which the message begins. */
  private static String reason(NodeView node, ClusterException problem) {
    String address = node.address().host() + ":" + node.address().port() + ": ";
    String message = String.valueOf(problem.getMessage());
    return message.startsWith(address) ? message.substring(address.length()) : message;
  }

  private void add(
      NodeReport report, List<NodeReport> reports, Set<String> found, Deque<NodeView> toAsk) {
    reports.add(report);
    found.add(report.id());
    addresses.put(report.id(), report.address());
    report.view().nodes().stream().filter(node -> !node.is(NodeFlag.HANDSHAKE)).forEach(toAsk::add);
  }

  private NodeReport reportOf(NodeView node) throws ClusterException, InterruptedException {
    if (node.is(NodeFlag.NOADDR) || node.address().host().isEmpty()) {
      throw new ClusterException("its address is not known");
    }
    NodeReport report = report(new NodeAddress(node.address().host(), node.address().port()));
    if (!report.id().equals(node.id())) {
      throw new ClusterException(
          "at " + report.address() + " there is another node now, " + report.id());
    }
    return report;
  }

  private NodeReport report(NodeAddress address) throws ClusterException, InterruptedException {
    NodeConnection node = connect(address);
    try {
      return NodeReport.of(node).get();
    } catch (ExecutionException e) {
      if (!Failures.isErrorReply(e)) {
        node.close();
        open.remove(address);
      }
      throw new ClusterException(address + ": " + Failures.reason(e), e);
    }
  }

  /** The connection to an address, opened if there is none or it broke. */
  public NodeConnection connect(NodeAddress address) throws ClusterException, InterruptedException {
    Optional<NodeConnection> present =
        Optional.ofNullable(open.get(address)).filter(NodeConnection::isOpen);
    if (present.isPresent()) {
      return present.get();
    }
    CompletableFuture<NodeConnection> opening = connections.connect(address);
    try {
      NodeConnection node = opening.get();
      open.put(address, node);
      return node;
    } catch (ExecutionException e) {
      throw new ClusterException(address + ": " + Failures.reason(e), e);
    }
  }

  /**
   * The connection to a node that was found by a snapshot.
   *
   * @throws ClusterException if it cannot be opened any more
   */
  public NodeConnection node(String id) throws ClusterException, InterruptedException {
    NodeAddress address = addresses.get(id);
    if (address == null) {
      throw new ClusterException("node " + id + " has not been found");
    }
    return connect(address);
  }

  /** The connections to these nodes. */
  public List<NodeConnection> nodes(List<NodeReport> reports)
      throws ClusterException, InterruptedException {
    List<NodeConnection> result = new ArrayList<>();
    for (NodeReport report : reports) {
      result.add(node(report.id()));
    }
    return result;
  }

  /**
   * The node timeout that a node is configured with; Redis's own default, 15 s, where it does not
   * tell.
   */
  public Duration nodeTimeout(String id) throws ClusterException, InterruptedException {
    try {
      Value reply = node(id).reply("CONFIG", List.of("GET", "cluster-node-timeout")).get();
      return reply instanceof Value.Sequence pair
              && pair.items().size() == 2
              && pair.items().get(1) instanceof Value.Text millis
          ? Duration.ofMillis(Long.parseLong(millis.value()))
          : DEFAULT_NODE_TIMEOUT;
    } catch (ExecutionException refused) {
      return DEFAULT_NODE_TIMEOUT;
    }
  }

  /** The commands to each master that answered, by identifier. */
  public Map<String, SlotCommands> masters(ClusterSnapshot snapshot)
      throws ClusterException, InterruptedException {
    Map<String, SlotCommands> masters = new LinkedHashMap<>();
    for (NodeReport master : snapshot.masters()) {
      masters.put(master.id(), new SlotCommands(node(master.id()), connections.credentials()));
    }
    return masters;
  }

  /** The node from which the others are found. */
  public NodeAddress seed() {
    return seed;
  }

  /** Closes the connections to the nodes. */
  @Override
  public void close() {
    open.values().forEach(NodeConnection::close);
    open.clear();
  }
}
