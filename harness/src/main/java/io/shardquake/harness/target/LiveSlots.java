package io.shardquake.harness.target;

import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Credentials;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.fix.ClusterFix;
import io.shardquake.harness.cluster.fix.RescueFile;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Moves slots of a running cluster, as {@code shardquake cluster} does. Thread-safe. */
final class LiveSlots implements SlotAdministration, AutoCloseable {
  /** A node that moves slots is busy: many requests at once are answered one after the other. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private final ClusterConnections connections;
  private final Path rescued;
  private final Supplier<List<NodeEndpoint>> endpoints;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread own = new Thread(task, "slot-administration");
            own.setDaemon(true);
            return own;
          });

  /**
   * @param credentials what to tell each server first
   * @param rescued where copies of keys go that a repair has to remove
   * @param endpoints of all nodes
   */
  LiveSlots(
      Optional<Credentials> credentials, Path rescued, Supplier<List<NodeEndpoint>> endpoints) {
    this.connections = new ClusterConnections(REQUEST_LIMIT, credentials);
    this.rescued = rescued;
    this.endpoints = endpoints;
  }

  @Override
  public SlotTransfer begin(SlotTransfer.Order order) {
    NodeEndpoint from = endpoint(order.from());
    LiveTransfer transfer = new LiveTransfer(order, from.nodeId(), endpoint(order.to()).nodeId());
    transfer.beginOn(
        thread, () -> new ClusterSession(connections, new NodeAddress(from.host(), from.port())));
    return transfer;
  }

  private NodeEndpoint endpoint(String name) {
    return endpoints.get().stream()
        .filter(endpoint -> endpoint.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the cluster has no node " + name));
  }

  @Override
  public CompletableFuture<String> closeOpen() {
    CompletableFuture<String> closed = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            closed.complete(closeAll(closed::isDone));
          } catch (ClusterException | RuntimeException e) {
            closed.completeExceptionally(new CompletionException(e.getMessage(), e));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.completeExceptionally(
                new CompletionException("interrupted while closing slots", e));
          }
        });
    return closed;
  }

  private String closeAll(BooleanSupplier stop) throws ClusterException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    for (NodeEndpoint node : endpoints.get()) {
      NodeAddress seed = new NodeAddress(node.host(), node.port());
      try (ClusterSession session = new ClusterSession(connections, seed)) {
        session.snapshot();
        return closeAll(session, stop);
      } catch (ClusterException e) {
        refusals.add(e.getMessage());
      }
    }
    throw new ClusterException(refusals.get(0));
  }

  private String closeAll(ClusterSession session, BooleanSupplier stop)
      throws ClusterException, InterruptedException {
    RescueFile rescue = new RescueFile(rescued);
    List<String> told = new ArrayList<>();
    CheckReport report =
        new ClusterFix(session, ClusterFix.Settings.DEFAULT, rescue, told::add).run(stop);
    if (!report.snapshot().open().equals(SlotSet.NONE)) {
      throw new ClusterException("slots stay open: " + report.snapshot().open());
    }
    return "no slot is open, after "
        + told.size()
        + " repairs; "
        + rescue.count()
        + " keys had another copy";
  }

  /** Abandons what is under way. */
  @Override
  public void close() {
    thread.shutdownNow();
    connections.close();
  }
}
