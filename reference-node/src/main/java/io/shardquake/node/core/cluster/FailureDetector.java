package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.defect.Defect;
import java.util.function.LongSupplier;

/**
 * From silence to PFAIL, from a majority's PFAIL to FAIL, and back (Redis Cluster specification,
 * "Failure detection").
 */
final class FailureDetector {
  private static final int REPORT_VALIDITY_FACTOR = 2;
  private static final int FAIL_UNDO_FACTOR = 2;

  private final ClusterState state;
  private final ClusterBus bus;
  private final Outbox outbox;
  private final LongSupplier now;

  FailureDetector(ClusterState state, ClusterBus bus, Outbox outbox, LongSupplier now) {
    this.state = state;
    this.bus = bus;
    this.outbox = outbox;
    this.now = now;
  }

  /** Suspects a node that has neither answered nor said anything for the node timeout. */
  void suspectIfSilent(ClusterNode node) {
    long silence = Math.min(now.getAsLong() - node.pingSent, now.getAsLong() - node.dataReceived);
    if (silence > state.nodeTimeout() && !node.isFailing()) {
      outbox.log(Effect.Level.DEBUG, "*** NODE " + node.id() + " possibly failing");
      node.set(NodeFlag.PFAIL);
      state.wantEvaluation();
      if (state.has(Defect.FAIL_WITHOUT_MAJORITY)) {
        announceFailure(node);
      }
    }
  }

  /** A master reports a node as failing. */
  void reported(ClusterNode node, ClusterNode by) {
    if (node.failureReports().put(by.id(), now.getAsLong()) == null) {
      outbox.log(
          Effect.Level.VERBOSE,
          "Node " + by.id() + " reported node " + node.id() + " as not reachable.");
    }
    failIfMajorityAgrees(node);
  }

  /** A master does not report a node as failing any more. */
  void withdrawn(ClusterNode node, ClusterNode by) {
    if (node.failureReports().remove(by.id()) != null) {
      outbox.log(
          Effect.Level.VERBOSE,
          "Node " + by.id() + " reported node " + node.id() + " is back online.");
    }
  }

  /** Number of reports that are still valid. */
  int countReports(ClusterNode node) {
    long oldest = now.getAsLong() - REPORT_VALIDITY_FACTOR * state.nodeTimeout();
    node.failureReports().values().removeIf(at -> at < oldest);
    return node.failureReports().size();
  }

  private void failIfMajorityAgrees(ClusterNode node) {
    if (!node.is(NodeFlag.PFAIL) || node.is(NodeFlag.FAIL)) {
      return;
    }
    int voices = countReports(node) + (state.myself().isMaster() ? 1 : 0);
    if (voices < state.quorum()) {
      return;
    }
    outbox.log(Effect.Level.NOTICE, "Marking node " + node.id() + " as failing (quorum reached).");
    announceFailure(node);
  }

  private void announceFailure(ClusterNode node) {
    fail(node);
    bus.broadcast(new BusMessage.Fail(bus.header(MessageType.FAIL, 0), node.id()));
  }

  /** Another node says that a majority holds a node to have failed. */
  void failedBy(ClusterNode sender, ClusterNode node) {
    if (!node.is(NodeFlag.FAIL) && !node.isMyself()) {
      outbox.log(
          Effect.Level.NOTICE, "FAIL message received from " + sender.id() + " about " + node.id());
      fail(node);
    }
  }

  private void fail(ClusterNode node) {
    node.clear(NodeFlag.PFAIL);
    node.set(NodeFlag.FAIL);
    node.failedAt = now.getAsLong();
    state.wantSave();
    state.wantEvaluation();
  }

  /** A node has answered. */
  void answered(ClusterNode node) {
    node.pongReceived = now.getAsLong();
    node.pingSent = 0;
    if (node.is(NodeFlag.PFAIL)) {
      node.clear(NodeFlag.PFAIL);
      state.wantSave();
      state.wantEvaluation();
    } else if (node.is(NodeFlag.FAIL)) {
      forgiveIfDue(node);
    }
  }

  private void forgiveIfDue(ClusterNode node) {
    boolean harmless = !node.isMaster() || node.slots().count() == 0;
    boolean notFailedOver =
        now.getAsLong() - node.failedAt > FAIL_UNDO_FACTOR * state.nodeTimeout();
    if ((harmless || notFailedOver) && !state.has(Defect.NEVER_CLEAR_FAIL)) {
      outbox.log(
          Effect.Level.NOTICE, "Clear FAIL state for node " + node.id() + ": is reachable again.");
      node.clear(NodeFlag.FAIL);
      state.wantSave();
      state.wantEvaluation();
    }
  }
}
