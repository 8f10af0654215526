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

/** Makes a replica the master of its shard. */
public final class Failover {
  private static final Duration LIMIT = Duration.ofSeconds(30);

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
    NodeConnection node = session.node(replica.id());
    List<String> words = new ArrayList<>(List.of("FAILOVER"));
    if (mode != Mode.NORMAL) {
      words.add(mode.name());
    }
    Answers.await(node, node.text("CLUSTER", words));
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

  private static boolean takesForMaster(NodeReport observer, String id) {
    return observer
        .view()
        .node(id)
        .filter(node -> node.master().isEmpty() && !node.slots().isEmpty())
        .isPresent();
  }
}
