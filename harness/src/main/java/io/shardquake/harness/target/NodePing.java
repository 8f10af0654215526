package io.shardquake.harness.target;

import io.shardquake.faults.NodeStatus;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.InfoReply;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits until servers that were started answer. */
final class NodePing {
  private final ClusterConnections connections;
  private final Duration limit;

  NodePing(ClusterConnections connections, Duration limit) {
    this.connections = connections;
    this.limit = limit;
  }

  /**
   * Returns when each of the processes answers PING at its own address.
   *
   * @throws ClusterException if one has ended, with its last lines, or does not answer in time
   */
  void await(List<ServerProcess> processes) throws ClusterException, InterruptedException {
    List<ServerProcess> silent = new ArrayList<>(processes);
    Readiness.await(
        limit,
        () -> {
          Optional<String> reason = Optional.empty();
          for (ServerProcess process : List.copyOf(silent)) {
            Optional<String> missing = missing(process);
            if (missing.isEmpty()) {
              silent.remove(process);
            } else {
              reason = missing;
            }
          }
          return reason;
        });
  }

  private Optional<String> missing(ServerProcess process)
      throws ClusterException, InterruptedException {
    NodeStatus status = process.status();
    if (status.state() == NodeStatus.State.DEAD) {
      throw new ClusterException(process.obituary());
    }
    NodeAddress address = process.launch().address();
    String name = status.name() + " at " + address + " ";
    try {
      return ask(address)
          .get()
          .filter(pid -> pid != status.pid())
          .map(pid -> name + "is answered for by another server, process " + pid);
    } catch (ExecutionException e) {
      return Optional.of(name + "does not answer PING: " + Failures.reason(e));
    }
  }

  /** Sends PING; the number of the process that answered, if it tells. */
  private CompletableFuture<Optional<Long>> ask(NodeAddress address) {
    return connections
        .connect(address)
        .thenCompose(
            node ->
                node.text("PING")
                    .thenCompose(pong -> node.info("server"))
                    .thenApply(NodePing::processId)
                    .whenComplete((answer, failure) -> node.close()));
  }

  /** A server that somebody else runs at the address must not be taken for ours. */
  private static Optional<Long> processId(InfoReply info) {
    String pid = info.get("process_id");
    return pid.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(pid));
  }
}
