package io.shardquake.harness.cluster.admin;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a replica the master of its shard. */
public final class Failover {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A little longer than a replica tries by itself: 5 s, Redis's limit of a manual failover. */
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(6);

  private static final int ATTEMPTS = 4;

  private Failover() {}

  /** What the replica does without. */
  public enum Mode {
    /** The master stops writing until the replica has everything: nothing is lost. */
    NORMAL,
    /** The master is not asked; a majority of the masters still has to agree. */
    FORCE,
    /** Nobody is asked: for when no majority is left. */
    TAKEOVER
  }

  /**
   * Returns when the replica has taken over and all nodes that can be reached know.
   *
   * @throws ClusterException if it is a master already, or does not become one
   */
  public static void run(ClusterSession session, NodeReport replica, Mode mode)
      throws ClusterException, InterruptedException {
    if (replica.isMaster()) {
      throw new ClusterException(
          "node " + replica.address() + " is a master already: name one of its replicas");
    }
    for (int attempt = 1; !attempt(session, replica, mode, attempt == ATTEMPTS); attempt++) {
      LOG.debug("{} was not elected in attempt {}", replica.address(), attempt);
    }
    Readiness.await(
        LIMIT,
        () ->
            session.snapshot().reports().stream()
                .filter(report -> !takesForMaster(report, replica.id()))
                .findFirst()
                .map(
                    report ->
                        report.address()
                            + " does not take "
                            + replica.address()
                            + " for a master with slots"));
  }

  /**
   * Asks the replica once. Masters that have just voted, or a replica that is not in step yet, let
   * an attempt come to nothing; the next may succeed.
   *
   * @return whether it is master now
   * @throws ClusterException if not, and this was the last attempt
   */
  private static boolean attempt(
      ClusterSession session, NodeReport replica, Mode mode, boolean last)
      throws ClusterException, InterruptedException {
    NodeConnection node = session.node(replica.id());
    List<String> words = new ArrayList<>(List.of("FAILOVER"));
    if (mode != Mode.NORMAL) {
      words.add(mode.name());
    }
    Answers.await(node, node.text("CLUSTER", words));
    try {
      Readiness.await(
          ATTEMPT_LIMIT,
          () ->
              Answers.await(node, NodeReport.of(node)).isMaster()
                  ? Optional.empty()
                  : Optional.of(replica.address() + " has not become master"));
      return true;
    } catch (ClusterException e) {
      if (last) {
        throw e;
      }
      return false;
    }
  }

  private static boolean takesForMaster(NodeReport observer, String id) {
    return observer
        .view()
        .node(id)
        .filter(node -> node.master().isEmpty() && !node.slots().isEmpty())
        .isPresent();
  }
}
