package io.shardquake.harness.cluster.check;

/**
 * Everything that can be wrong with a cluster, explained: what it means, what clients see as long
 * as it lasts, where it usually comes from, and what repairs it.
 */
public enum AnomalyKind {
  UNREACHABLE(
      "A node that the others know does not answer.",
      "Requests to it fail. If it is a master with slots and no replica takes over, nobody serves"
          + " those.",
      "Its process or its host is down, or the network between is.",
      "start it again; if it is gone for good: 'cluster forget ID'"),
  OWNER_DOWN(
      "The owner of these slots does not answer, and no replica has taken over.",
      "CLUSTERDOWN for these slots, and for all others too unless cluster-require-full-coverage is"
          + " off.",
      "The master failed and has no replica, or less than a majority of the masters is left to vote.",
      "start it again; or 'cluster failover REPLICA --takeover'; if its data is given up: 'cluster"
          + " fix --without-absent'"),
  UNCOVERED(
      "No master owns these slots.",
      "CLUSTERDOWN Hash slot not served; CLUSTERDOWN for all other slots too unless"
          + " cluster-require-full-coverage is off.",
      "A master was removed or reset before its slots were moved away, or DELSLOTS was used.",
      "cluster fix: the master that holds most keys of a slot gets it"),
  OPEN(
      "The slot is on its way from one master to another: open on both sides.",
      "Everything works: keys that have moved are answered with ASK and one more round trip."
          + " Commands on several keys may get TRYAGAIN. No other reshard can begin with this slot.",
      "A reshard is under way, or was interrupted.",
      "wait if a reshard is running, otherwise: cluster fix (it finishes the move)"),
  OPEN_AT_SOURCE(
      "The owner gives the slot away, but the node it names does not expect it.",
      "Keys that the owner holds work. For all others the owner sends clients on with ASK to a node"
          + " that sends them back or is down.",
      "The target failed over during a reshard: its replica does not inherit the mark. Or somebody"
          + " set one side only.",
      "cluster fix: keys that have moved already are found, and the move is finished"),
  OPEN_AT_TARGET(
      "A master expects the slot, but the owner does not give it away.",
      "Keys that have moved to the expecting master are out of reach, and clients that write them"
          + " create them a second time on the owner.",
      "The source failed over during a reshard: its replica does not inherit the mark. Or somebody"
          + " set one side only.",
      "cluster fix, soon: keys are brought back to the owner; of keys that exist twice the owner's"
          + " copy stays, the other goes into a rescue file"),
  STALE_MARK(
      "The slot has arrived, but a node still has it marked as moving.",
      "Nothing yet; the mark would get in the way of the slot's next move.",
      "A reshard was interrupted in its very last step.",
      "cluster fix (it takes the mark away)"),
  CONTESTED(
      "More than one master says that it owns these slots.",
      "Each answers for them: what one client writes another does not read.",
      "The masters do not know each other, or cannot talk to each other.",
      "let them reach each other and wait a little: the higher epoch wins; if it lasts: cluster fix"),
  FOREIGN_KEYS(
      "A master holds keys of slots that it does not own.",
      "Nobody can read these keys, and clients that write them create them a second time on the"
          + " owner.",
      "A failover or a repair in the middle of a reshard.",
      "cluster fix: they are brought to the owner; of keys that exist twice the owner's copy stays,"
          + " the other goes into a rescue file"),
  DISAGREEMENT(
      "Nodes have different ideas of who owns which slots.",
      "More MOVED than needed; in the worst case two nodes that send clients to each other for ever.",
      "Gossip needs a second or two after each change. If it lasts: slots were set by hand on some"
          + " nodes only.",
      "wait a few seconds; if it lasts: cluster fix"),
  HANDSHAKE(
      "A node is being introduced and has not answered yet.",
      "Nothing.",
      "CLUSTER MEET with a wrong address, or a node that is down, or a bus port that cannot be"
          + " reached (the client port + 10000).",
      "it goes away by itself after the node timeout; if it comes back, another node keeps"
          + " introducing it"),
  CHAINED_REPLICA(
      "A replica replicates a node that is a replica itself.",
      "Reads from it are older than need be; it cannot take over.",
      "A failover while the replica could not be told.",
      "cluster fix: it replicates the master itself"),
  EPOCH_COLLISION(
      "Masters have the same configuration epoch.",
      "Nothing yet; if both claim a slot, neither wins.",
      "Nodes that were joined without epochs of their own, or two failovers by force at once.",
      "it resolves itself within seconds; if it lasts: cluster fix"),
  DOWN(
      "A node takes the whole cluster for down.",
      "CLUSTERDOWN from this node.",
      "A slot without a working owner, or it cannot reach a majority of the masters. After a start a"
          + " master waits 2 s.",
      "repair what is named besides; then wait a little");

  private final String meaning;
  private final String clientsSee;
  private final String cause;
  private final String repair;

  AnomalyKind(String meaning, String clientsSee, String cause, String repair) {
    this.meaning = meaning;
    this.clientsSee = clientsSee;
    this.cause = cause;
    this.repair = repair;
  }

  public String meaning() {
    return meaning;
  }

  public String clientsSee() {
    return clientsSee;
  }

  public String cause() {
    return cause;
  }

  public String repair() {
    return repair;
  }
}
