package io.shardquake.harness.cluster.admin;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.EmptyNode;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who belongs to a cluster, and who replicates whom. Used by one thread. */
public final class Membership {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ClusterSession session;

  public Membership(ClusterSession session) {
    this.session = session;
  }

  /**
   * Makes an empty node a member: a master without slots. Returns when all members know it, it
   * knows them, and it calls the cluster sound if they do.
   *
   * @return what it says of itself then
   * @throws ClusterException if it is not empty, or they do not come to know each other
   */
  public NodeReport join(NodeAddress newcomer) throws ClusterException, InterruptedException {
    ClusterSnapshot cluster = session.snapshot();
    NodeConnection node = session.connect(newcomer);
    String id = EmptyNode.require(node).id();
    // It is enough to introduce one; introducing all saves the time that gossip needs.
    for (NodeReport member : cluster.reports()) {
      NodeAddress address = member.address();
      Answers.await(
          node, node.text("CLUSTER", "MEET", address.host(), Integer.toString(address.port())));
    }
    Readiness.await(
        LIMIT,
        () -> {
          ClusterSnapshot now = session.snapshot();
          if (now.report(id).isEmpty()) {
            return Optional.of(session.seed() + " does not know " + newcomer + " yet");
          }
          return strangers(now, id).or(() -> strangersOf(now, id)).or(() -> hesitating(now, id));
        });
    return session.snapshot().find(id);
  }

  private static Optional<String> strangers(ClusterSnapshot cluster, String id) {
    return cluster.reports().stream()
        .filter(member -> !knows(member, id))
        .findFirst()
        .map(member -> member.address() + " does not know the new node yet");
  }

  private static Optional<String> strangersOf(ClusterSnapshot cluster, String id) {
    NodeReport newcomer = cluster.report(id).orElseThrow();
    return cluster.reports().stream()
        .filter(member -> !knows(newcomer, member.id()))
        .findFirst()
        .map(member -> newcomer.address() + " does not know " + member.address() + " yet");
  }

  /**
   * A master calls the cluster down for a while after it began to reach a majority of it (Redis:
   * {@code clusterUpdateState}, the delay before a master rejoins), and would so stand in the way
   * of a reshard.
   */
  private static Optional<String> hesitating(ClusterSnapshot cluster, String id) {
    boolean othersAreOk =
        cluster.reports().stream()
            .filter(member -> !member.id().equals(id))
            .allMatch(member -> member.view().info().ok());
    NodeReport newcomer = cluster.report(id).orElseThrow();
    return othersAreOk && !newcomer.view().info().ok()
        ? Optional.of(newcomer.address() + " calls the cluster down, unlike the others")
        : Optional.empty();
  }

  private static boolean knows(NodeReport node, String id) {
    return node.view().node(id).filter(view -> !view.is(NodeFlag.HANDSHAKE)).isPresent();
  }

  /** The master with slots that has the fewest replicas; the first of equals. */
  public static NodeReport poorestMaster(ClusterSnapshot cluster) throws ClusterException {
    return poorestMaster(cluster, master -> true);
  }

  private static NodeReport poorestMaster(ClusterSnapshot cluster, Predicate<NodeReport> eligible)
      throws ClusterException {
    return cluster.masters().stream()
        .filter(master -> !master.myself().slots().isEmpty())
        .filter(eligible)
        .min(Comparator.comparingInt(master -> cluster.replicasOf(master.id()).size()))
        .orElseThrow(() -> new ClusterException("no master with slots can be reached"));
  }

  /**
   * Makes a node the replica of a master; its own data goes. Returns when all members know; the
   * copying of the data may go on for longer.
   */
  public void replicate(NodeReport replica, String master)
      throws ClusterException, InterruptedException {
    NodeConnection node = session.node(replica.id());
    Answers.await(node, node.text("CLUSTER", "REPLICATE", master));
    Readiness.await(
        LIMIT,
        () ->
            session.snapshot().reports().stream()
                .filter(member -> !sees(member, replica.id(), master))
                .findFirst()
                .map(
                    member ->
                        member.address()
                            + " does not see that "
                            + replica.address()
                            + " replicates"));
  }

  private static boolean sees(NodeReport member, String replica, String master) {
    return member
        .view()
        .node(replica)
        .map(NodeView::master)
        .equals(Optional.of(Optional.of(master)));
  }

  /**
   * Takes a node that owns no slots out of the cluster: its replicas are given to the masters with
   * the fewest, everybody forgets it, and it forgets the cluster and what it replicated.
   *
   * @return the replicas that got another master
   * @throws ClusterException if it owns slots
   */
  public List<NodeReport> remove(NodeReport node) throws ClusterException, InterruptedException {
    int slots = node.myself().slotCount();
    if (slots > 0) {
      throw new ClusterException(
          "node "
              + node.address()
              + " is not empty, it owns "
              + slots
              + " slots: move them away with 'cluster reshard --from "
              + node.id().substring(0, 8)
              + "', or have that done with --drain");
    }
    ClusterSnapshot cluster = session.snapshot();
    List<NodeReport> orphans = cluster.replicasOf(node.id());
    for (NodeReport orphan : orphans) {
      NodeReport master =
          poorestMaster(session.snapshot(), candidate -> !candidate.id().equals(node.id()));
      replicate(orphan, master.id());
    }
    forgetEverywhere(cluster, node.id());
    NodeConnection leaving = session.node(node.id());
    Answers.await(leaving, leaving.text("CLUSTER", "RESET", "SOFT"));
    return orphans;
  }

  /**
   * Strikes a node that cannot be reached off everybody's list.
   *
   * @param reference its identifier, the beginning of one, or its address
   * @throws ClusterException if it can be reached, or is the only one that owns some slots
   */
  public AbsentNode forget(String reference) throws ClusterException, InterruptedException {
    ClusterSnapshot cluster = session.snapshot();
    List<AbsentNode> meant =
        cluster.absent().stream()
            .filter(
                node ->
                    node.toString().equals(reference)
                        || (!reference.isEmpty() && node.id().startsWith(reference)))
            .toList();
    if (meant.size() != 1) {
      NodeReport present = cluster.find(reference);
      throw new ClusterException(
          "node "
              + present.address()
              + " can be reached, and would come back: remove it with 'cluster del-node'");
    }
    AbsentNode node = meant.get(0);
    SlotSet orphaned = SlotSet.of(node.view().slots()).minus(cluster.owned());
    if (!orphaned.isEmpty()) {
      throw new ClusterException(
          "node "
              + node
              + " owns "
              + orphaned.size()
              + " slots that nobody else does: start it, or let a replica take over, or give its"
              + " data up with 'cluster fix --without-absent'");
    }
    forgetEverywhere(cluster, node.id());
    return node;
  }

  private void forgetEverywhere(ClusterSnapshot cluster, String id)
      throws ClusterException, InterruptedException {
    List<NodeReport> remaining =
        cluster.reports().stream()
            .filter(member -> !member.id().equals(id) && member.view().node(id).isPresent())
            .toList();
    // All within the minute for which a node that forgot does not learn again from the others.
    Answers.awaitAll(session.nodes(remaining), member -> member.text("CLUSTER", "FORGET", id));
  }

  /**
   * Makes a node forget its cluster.
   *
   * @param hard whether it also gets a new identifier and begins at epoch 0
   * @param force whether also if it owns slots that nobody serves afterwards
   * @throws ClusterException if it owns slots, or if it is a master with keys
   */
  public void reset(NodeReport node, boolean hard, boolean force)
      throws ClusterException, InterruptedException {
    if (!force && node.myself().slotCount() > 0 && node.view().nodes().size() > 1) {
      throw new ClusterException(
          "node "
              + node.address()
              + " owns "
              + node.myself().slotCount()
              + " slots that nobody would serve: 'cluster del-node --drain' moves them away first"
              + " (--force resets it all the same)");
    }
    NodeConnection connection = session.node(node.id());
    List<String> words = new ArrayList<>(List.of("RESET", hard ? "HARD" : "SOFT"));
    Answers.await(connection, connection.text("CLUSTER", words));
  }
}
