package io.shardquake.workloads.cluster;

import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a slot table up to date by asking the nodes in turn for CLUSTER SLOTS, whenever a client
 * has reason to doubt the table, but not again within a pause after each time. Thread-safe.
 *
 * <p>The answer of one node is taken as it is, though the node may be on the wrong side of a
 * partition: a wrong belief costs a redirection or a failed operation, and then the next node is
 * asked.
 */
final class SlotTableRefresh implements AutoCloseable, Transport.Receiver {
  private final SlotTable table;
  private final Transport transport;
  private final Timer timer;
  private final long answerNanos;
  private final long pauseNanos;
  private final Serial serial = new Serial();

  private final Set<ClusterNode> nodes;
  private volatile boolean wanted;
  private boolean busy;
  private boolean closed;
  private int next;
  private int failedInARow;
  private Timer.Scheduled scheduled = Timer.Scheduled.NONE;

  SlotTableRefresh(
      SlotTable table, Transport transport, Timer timer, Duration answer, Duration pause) {
    this.table = table;
    this.transport = transport;
    this.timer = timer;
    this.answerNanos = answer.toNanos();
    this.pauseNanos = pause.toNanos();
    this.nodes = new LinkedHashSet<>(table.seeds());
  }

  /** Says that the table may be wrong. Cheap. */
  void request() {
    if (!wanted) {
      wanted = true;
      serial.run(this::askIfWanted);
    }
  }

  @Override
  public void answered(List<Reply> replies) {
    serial.run(() -> learn(replies.get(0)));
  }

  @Override
  public void failed(OperationError error, boolean mayHaveLeft) {
    serial.run(this::askAnother);
  }

  @Override
  public void close() {
    serial.run(
        () -> {
          closed = true;
          scheduled.cancel();
          transport.close();
        });
  }

  private void askIfWanted() {
    if (wanted && !busy) {
      wanted = false;
      failedInARow = 0;
      ask();
    }
  }

  private void ask() {
    if (closed) {
      return;
    }
    busy = true;
    List<ClusterNode> candidates = new ArrayList<>(nodes);
    ClusterNode asked = candidates.get(next % candidates.size());
    scheduled =
        timer.schedule(
            answerNanos, () -> serial.run(() -> transport.abandon(OperationError.TIMEOUT)));
    transport.send(asked.endpoint(), List.of(Command.CLUSTER_SLOTS), this);
  }

  private void learn(Reply reply) {
    scheduled.cancel();
    List<ClusterNode> candidates = new ArrayList<>(nodes);
    Endpoint answering = candidates.get(next % candidates.size()).endpoint();
    List<SlotAssignment> assignments = SlotAssignment.parse(reply, answering);
    if (assignments.isEmpty()) {
      askAnother();
      return;
    }
    for (SlotAssignment assignment : assignments) {
      ClusterNode owner = table.node(assignment.master());
      table.assign(assignment.slots(), owner);
      table.assignReplicas(
          assignment.slots(), assignment.replicas().stream().map(table::node).toList());
      nodes.add(owner);
    }
    next++;
    pause();
  }

  private void askAnother() {
    scheduled.cancel();
    next++;
    failedInARow++;
    if (failedInARow < nodes.size()) {
      ask();
    } else {
      pause();
    }
  }

  private void pause() {
    if (!closed) {
      scheduled =
          timer.schedule(
              pauseNanos,
              () ->
                  serial.run(
                      () -> {
                        busy = false;
                        askIfWanted();
                      }));
    }
  }
}
