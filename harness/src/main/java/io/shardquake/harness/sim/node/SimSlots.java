package io.shardquake.harness.sim.node;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moves slots of a simulated cluster, one transfer after the other. */
public final class SimSlots implements SlotAdministration {
  private final EventQueue queue;
  private final SimCluster cluster;
  private final SlotWords words;
  private final Deque<SimTransfer> waiting = new ArrayDeque<>();
  private Optional<SimTransfer> current = Optional.empty();

  public SimSlots(EventQueue queue, SimCluster cluster) {
    this.queue = queue;
    this.cluster = cluster;
    this.words = new SlotWords(cluster);
  }

  @Override
  public SlotTransfer begin(SlotTransfer.Order order) {
    SimTransfer transfer = new SimTransfer(queue, words, order);
    waiting.add(transfer);
    beginNext();
    return transfer;
  }

  private void beginNext() {
    if (current.map(SimTransfer::isOver).orElse(true) && !waiting.isEmpty()) {
      SimTransfer next = waiting.remove();
      current = Optional.of(next);
      queue.follow(next.over().handle((done, failure) -> failure == null), this::beginNext);
      next.begin();
    }
  }

  /**
   * Closes every slot that is open by its nodes' own words. A move whose target, or the heir of
   * that, has keys or expects some is finished; any other one is given up, since nothing can be
   * lost by that. A slot whose other node does not answer, and may have keys, stays open: that is a
   * failure.
   */
  @Override
  public CompletionStage<String> closeOpen() {
    CompletableFuture<String> closed = new CompletableFuture<>();
    List<CompletableFuture<TopologySample>> views =
        cluster.nodes().stream().map(cluster::view).toList();
    queue.follow(
        CompletableFuture.allOf(views.toArray(CompletableFuture[]::new)),
        () -> close(views.stream().flatMap(view -> self(view.join()).stream()).toList(), closed));
    return closed;
  }

  private static Optional<NodeView> self(TopologySample sample) {
    return sample.answered() ? ClusterView.of(sample).myself() : Optional.empty();
  }

  /**
   * @param answering what each node that answers says of itself
   */
  private void close(List<NodeView> answering, CompletableFuture<String> closed) {
    TreeSet<Integer> open = new TreeSet<>();
    for (NodeView node : answering) {
      for (OpenSlot slot : node.openSlots()) {
        open.add(slot.slot());
        if (answering.stream().noneMatch(other -> other.id().equals(slot.peer()))) {
          closed.completeExceptionally(
              new IllegalStateException(
                  "slot " + slot.slot() + " stays open: its other node does not answer"));
          return;
        }
      }
    }
    closeEach(new ArrayDeque<>(open), open.size(), closed);
  }

  private void closeEach(Deque<Integer> open, int count, CompletableFuture<String> closed) {
    Integer slot = open.poll();
    if (slot == null) {
      closed.complete("no slot is open, after " + count + " repairs");
      return;
    }
    CompletableFuture<Void> one = close(slot);
    queue.follow(
        one.handle((done, failure) -> failure == null),
        () -> {
          if (one.isCompletedExceptionally()) {
            closed.completeExceptionally(new IllegalStateException("slot " + slot + " stays open"));
          } else {
            closeEach(open, count, closed);
          }
        });
  }

  private CompletableFuture<Void> close(int slot) {
    List<String> masters = cluster.nodes().stream().filter(words::isMaster).toList();
    Optional<String> owner = masters.stream().filter(node -> words.owns(node, slot)).findFirst();
    if (owner.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("nobody owns it"));
    }
    List<String> others = masters.stream().filter(node -> !node.equals(owner.get())).toList();
    List<CompletableFuture<Reply>> held =
        others.stream().map(node -> words.keysOf(node, slot, 1)).toList();
    return CompletableFuture.allOf(held.toArray(CompletableFuture[]::new))
        .thenCompose(
            told -> {
              for (int i = 0; i < others.size(); i++) {
                if (held.get(i).join() instanceof Reply.Array keys && !keys.items().isEmpty()) {
                  return finish(slot, owner.get(), others.get(i));
                }
              }
              return giveUp(slot, owner.get(), others);
            });
  }

  private CompletableFuture<Void> finish(int slot, String owner, String target) {
    SimTransfer transfer =
        new SimTransfer(
            queue,
            words,
            new SlotTransfer.Order(owner, target, 1, SlotTransfer.Choice.LOWEST, Duration.ZERO));
    transfer.finishMove(slot);
    return transfer.over().toCompletableFuture().thenAccept(done -> {});
  }

  /** First nobody may create a key elsewhere, and then the owner serves all of them again. */
  private CompletableFuture<Void> giveUp(int slot, String owner, List<String> others) {
    return CompletableFuture.allOf(
            others.stream().map(node -> words.stable(node, slot)).toArray(CompletableFuture[]::new))
        .thenCompose(closed -> words.stable(owner, slot))
        .thenAccept(stable -> {});
  }
}
