package io.shardquake.harness.cluster.admin;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a replica the master of its shard, and is not content before everybody agrees.
 *
 * <p>CLUSTER FAILOVER is answered with OK when the replica has taken note of it. What comes of it
 * depends on three things that the answer does not tell (Redis 7.0, {@code cluster.c}):
 *
 * <ul>
 *   <li>A master heeds a normal request only from a node that it takes for its replica, which after
 *       a change of roles it learns with the next packet of the bus. That is waited for.
 *   <li>A master votes for a shard once in twice the node timeout.
 *   <li>A replica forgets an election only four times the node timeout, and at least 4 s, after it
 *       began. For the first half of that time it counts the votes of that election again if it has
 *       won it: it promotes itself by a config epoch that is already over, and has to give way as
 *       soon as it hears of the greater one. For the second half it does nothing. So after a
 *       failure that time is waited for, and it is asked once more.
 * </ul>
 *
 * <p>Used by one thread.
 */
public final class Failover {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A little longer than a replica tries by itself: 5 s, Redis's limit of a manual failover. */
  private static final Duration LEAST_ATTEMPT = Duration.ofSeconds(6);

  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;
  private static final int VOTE_TIMEOUTS = 2;
  private static final int ELECTION_TIMEOUTS = 4;

  private final ClusterSession session;
  private final NodeReport replica;
  private final String master;
  private final Mode mode;
  private final Consumer<String> story;
  private Optional<String> gaveWay = Optional.empty();

  private Failover(
      ClusterSession session,
      NodeReport replica,
      String master,
      Mode mode,
      Consumer<String> story) {
    this.session = session;
    this.replica = replica;
    this.master = master;
    this.mode = mode;
    this.story = story;
  }

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
   * @param nodeTimeout the cluster's
   * @param story is told, in a line, of every attempt that came to nothing
   * @throws ClusterException if it is a master already, or does not become one; says why
   */
  public static void run(
      ClusterSession session,
      NodeReport replica,
      Mode mode,
      Duration nodeTimeout,
      Consumer<String> story)
      throws ClusterException, InterruptedException {
    run(session, replica, mode, nodeTimeout, patience(nodeTimeout), story);
  }

  /**
   * @param patience how long an attempt takes at most
   */
  static void run(
      ClusterSession session,
      NodeReport replica,
      Mode mode,
      Duration nodeTimeout,
      Duration patience,
      Consumer<String> story)
      throws ClusterException, InterruptedException {
    if (replica.isMaster()) {
      throw new ClusterException(
          "node " + replica.address() + " is a master already: name one of its replicas");
    }
    String master =
        replica
            .myself()
            .master()
            .orElseThrow(
                () -> new ClusterException("node " + replica.address() + " replicates nobody"));
    new Failover(session, replica, master, mode, story).run(nodeTimeout, patience);
  }

  /** How long an attempt takes: until the replica has forgotten the election before. */
  private static Duration patience(Duration nodeTimeout) {
    Duration remembered = nodeTimeout.multipliedBy(ELECTION_TIMEOUTS).plus(MARGIN);
    return remembered.compareTo(LEAST_ATTEMPT) > 0 ? remembered : LEAST_ATTEMPT;
  }

  private void run(Duration nodeTimeout, Duration patience)
      throws ClusterException, InterruptedException {
    if (mode == Mode.NORMAL) {
      Readiness.await(LIMIT, this::obstacle);
    }
    for (int attempt = 1; !attempt(patience); attempt++) {
      String failure = failure(nodeTimeout);
      if (attempt == ATTEMPTS) {
        throw new ClusterException(failure);
      }
      story.accept("[WARNING] " + failure + "; asking it again");
    }
  }

  /** Why the master would not heed the replica, if it were asked now. */
  private Optional<String> obstacle() throws ClusterException, InterruptedException {
    ClusterSnapshot snapshot = session.snapshot();
    Optional<NodeReport> asked = snapshot.report(master);
    if (asked.isEmpty()) {
      throw new ClusterException(
          "the master of "
              + replica.address()
              + " cannot be asked to stop writing: --force does without it");
    }
    boolean known =
        asked
            .flatMap(report -> report.view().node(replica.id()))
            .flatMap(NodeView::master)
            .filter(master::equals)
            .isPresent();
    if (!known) {
      return Optional.of(
          asked.get().address()
              + " does not know yet that "
              + replica.address()
              + " replicates it");
    }
    return snapshot
        .report(replica.id())
        .filter(report -> !report.replication().get("master_link_status").equals("up"))
        .map(report -> report.address() + " is not in step with its master");
  }

  /**
   * Asks the replica once.
   *
   * @return whether everybody takes it for the master in the end
   */
  private boolean attempt(Duration patience) throws ClusterException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("FAILOVER"));
    if (mode != Mode.NORMAL) {
      words.add(mode.name());
    }
    gaveWay = Optional.empty();
    NodeConnection node = session.node(replica.id());
    Answers.await(node, node.text("CLUSTER", words));
    Promotion promotion = new Promotion();
    try {
      Readiness.await(patience, promotion::missing);
      return true;
    } catch (ClusterException e) {
      gaveWay = promotion.gaveWay;
      return false;
    }
  }

  /** What is seen of a replica after it was asked. */
  private final class Promotion {
    private boolean seen;
    private Optional<String> gaveWay = Optional.empty();

    /** The replica is asked alone while it is none: what it is for a moment must not be missed. */
    Optional<String> missing() throws ClusterException, InterruptedException {
      NodeConnection node = session.node(replica.id());
      NodeReport now = Answers.await(node, NodeReport.of(node));
      if (!now.isMaster()) {
        if (seen) {
          gaveWay = now.myself().master();
        }
        return Optional.of(replica.address() + " is a replica");
      }
      seen = true;
      return session.snapshot().reports().stream()
          .filter(report -> !takesForMaster(report, replica.id()))
          .findFirst()
          .map(report -> report.address() + " does not take it for a master with slots");
    }
  }

  private static boolean takesForMaster(NodeReport observer, String id) {
    return observer
        .view()
        .node(id)
        .filter(node -> node.master().isEmpty() && !node.slots().isEmpty())
        .isPresent();
  }

  private String failure(Duration nodeTimeout) throws ClusterException, InterruptedException {
    String address = replica.address().toString();
    ClusterSnapshot snapshot = session.snapshot();
    if (gaveWay.isPresent()) {
      return address
          + " promoted itself by the votes of an election before, and gave way to "
          + snapshot.report(gaveWay.get()).map(n -> n.address().toString()).orElse(gaveWay.get())
          + ", which has a greater config epoch";
    }
    List<NodeView> voters = voters(snapshot);
    long answering = voters.stream().filter(node -> snapshot.report(node.id()).isPresent()).count();
    if (mode != Mode.TAKEOVER && 2 * answering <= voters.size()) {
      return address
          + " was not elected: "
          + answering
          + " of "
          + voters.size()
          + " masters with slots can be reached, which is no majority (--takeover asks nobody)";
    }
    if (mode != Mode.TAKEOVER) {
      return address
          + " was not elected: a master votes once in "
          + VOTE_TIMEOUTS * nodeTimeout.toMillis()
          + " ms for a shard, and a replica stands for election once in "
          + ELECTION_TIMEOUTS * nodeTimeout.toMillis()
          + " ms";
    }
    return address + " took over, but not every node has learned of it";
  }

  private List<NodeView> voters(ClusterSnapshot snapshot) {
    return snapshot
        .report(replica.id())
        .map(report -> report.view().nodes())
        .orElse(List.of())
        .stream()
        .filter(node -> !node.slots().isEmpty())
        .toList();
  }
}
