package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who asked for votes in which epoch, and who gave them, read off the bus, and what must be so:
 *
 * <ul>
 *   <li>a voter votes at most once in an epoch, over all its lives (G03), and knows after a restart
 *       in which epochs it voted or asked for votes;
 *   <li>a vote is for an epoch in which its candidate asked (G04);
 *   <li>it is given while the voter holds the candidate's master to have failed, unless the
 *       candidate forces it (G05);
 *   <li>who is elected was voted for by a majority (G09).
 * </ul>
 */
final class Elections {
  private final Complaint complaint;
  private final Set<Vote> votes = new LinkedHashSet<>();
  private final Map<String, Map<Long, Boolean>> requests = new TreeMap<>();
  private final Map<String, Long> lastVote = new TreeMap<>();
  private final Map<String, Long> lastRequest = new TreeMap<>();

  /** What has come to candidates. */
  private final Set<Vote> arrived = new LinkedHashSet<>();

  private record Vote(String voter, long epoch, String candidate) {}

  Elections(Complaint complaint) {
    this.complaint = complaint;
  }

  /** A node is about to ask for votes. */
  void asks(SimNode node, byte[] message) {
    lastRequest.merge(node.facts().name(), BusBytes.currentEpoch(message), Math::max);
    requests
        .computeIfAbsent(node.facts().name(), candidate -> new TreeMap<>())
        .put(BusBytes.currentEpoch(message), BusBytes.isForced(message));
  }

  /** Whether a node has asked for votes in an epoch before. */
  boolean hasAsked(SimNode node, long epoch) {
    return asked(node.facts().name()).containsKey(epoch);
  }

  private Map<Long, Boolean> asked(String candidate) {
    return requests.getOrDefault(candidate, Map.of());
  }

  /**
   * A node is about to vote.
   *
   * @param wasFailed whether it held the candidate's master to have failed before this turn
   */
  void votes(SimNode voter, String candidate, byte[] message, boolean wasFailed) {
    String name = voter.facts().name();
    long epoch = BusBytes.currentEpoch(message);
    boolean again =
        votes.stream().anyMatch(vote -> vote.voter().equals(name) && vote.epoch() == epoch);
    votes.add(new Vote(name, epoch, candidate));
    lastVote.merge(name, epoch, Math::max);
    if (again) {
      complaint.of(voter, "second-vote-in-one-epoch", "it votes a second time in epoch " + epoch);
    }
    Map<Long, Boolean> asked = asked(candidate);
    if (!asked.containsKey(epoch)) {
      complaint.of(
          voter,
          "vote-in-another-epoch",
          "it votes for "
              + candidate
              + " in epoch "
              + epoch
              + ", which asked in "
              + asked.keySet());
    } else if (!asked.get(epoch) && !wasFailed) {
      complaint.of(
          voter,
          "vote-against-living-master",
          "it votes for "
              + candidate
              + " in epoch "
              + epoch
              + " and does not hold the master of"
              + " that to have failed");
    }
  }

  /** A candidate is about to be told of a vote. */
  void hears(SimNode candidate, String voter, byte[] message) {
    arrived.add(new Vote(voter, BusBytes.currentEpoch(message), candidate.facts().name()));
  }

  /** A process has taken its first turn: what it says that it remembers. */
  void begins(SimNode node, ClusterInsight now) {
    String name = node.facts().name();
    long voted = lastVote.getOrDefault(name, 0L);
    if (now.lastVoteEpoch() < voted) {
      complaint.of(
          node,
          "vote-forgotten",
          "it voted in epoch " + voted + " and remembers epoch " + now.lastVoteEpoch());
    }
    long asked = lastRequest.getOrDefault(name, 0L);
    if (now.currentEpoch() < Math.max(asked, voted)) {
      complaint.of(
          node,
          "epoch-forgotten",
          "it spoke in epoch " + Math.max(asked, voted) + " and begins with " + now.currentEpoch());
    }
  }

  /** A node was reset: it begins anew, by an administrator's word. */
  void forget(SimNode node) {
    lastVote.remove(node.facts().name());
    lastRequest.remove(node.facts().name());
  }

  /** A replica has become a master with the epoch that it has now. */
  void promoted(SimNode node, ClusterInsight now, int quorumBefore) {
    String name = node.facts().name();
    long epoch = now.configEpoch();
    long given =
        arrived.stream()
            .filter(vote -> vote.epoch() == epoch && vote.candidate().equals(name))
            .count();
    if (asked(name).containsKey(epoch) && given < Math.min(quorumBefore, now.quorum())) {
      complaint.of(
          node,
          "elected-by-a-minority",
          "it takes over in epoch "
              + epoch
              + " with "
              + given
              + " votes, of at least "
              + Math.min(quorumBefore, now.quorum()));
    }
  }
}
