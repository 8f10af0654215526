package io.shardquake.node.core.defect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A defect that a node can be given on purpose, as real servers have had them, so that a harness
 * can be shown to catch it. Each one is one decision, taken otherwise in one place of the core,
 * where {@code Configuration.has} is asked for it.
 */
public enum Defect {
  VOTE_TWICE(
      "G03",
      "A voter does not note that it has voted: it votes again in the same epoch, and"
          + " again for another replica of the same master. Two candidates can be elected at"
          + " once.",
      "a kill of a master with two replicas that ask for votes at the same time"),
  FORGET_VOTE(
      "G03",
      "The epoch of the last vote is not kept in nodes.conf: a voter that restarts may"
          + " vote again in an epoch in which it has voted.",
      "a kill of a master, and of a voter right after its vote"),
  VOTE_FOR_LIVING_MASTER(
      "G05",
      "A voter does not ask whether the candidate's master has failed: a replica that"
          + " alone has lost its master can replace it while it serves.",
      "a partition of a replica from its master"),
  VOTE_FOR_OLD_EPOCH(
      "G04",
      "A voter does not compare the epoch of a request with its own: a request that is"
          + " late by an election is granted.",
      "delayed links between a candidate and voters"),
  STAND_WITH_STALE_DATA(
      "G01",
      "A replica does not ask how long ago it last heard of its master: one that was cut"
          + " off for long stands for election with what it had then.",
      "a partition of a replica, and then a kill of its master"),
  IGNORE_REPLICA_RANK(
      "G12",
      "A replica takes itself for the one with the most data: the emptiest may be the"
          + " first to ask for votes.",
      "a partition of one of two replicas under load, and then a kill of their master"),
  WIN_WITH_ONE_VOTE(
      "G09",
      "A candidate takes the first vote for a majority: both sides of a partition can"
          + " have a master for the same slots.",
      "a partition that leaves a replica with a minority of the masters"),
  SKIP_FAILOVER_PAUSE(
      "K02",
      "A master that a replica asks for a manual failover goes on to accept writes: those"
          + " that come after the replica's offset was compared are lost.",
      "a manual failover under load"),
  FAIL_WITHOUT_MAJORITY(
      "F03",
      "A node holds another to have failed, and says so to all, as soon as it alone has"
          + " not heard of it for the node timeout.",
      "a partition between two nodes, one way or both"),
  NEVER_CLEAR_FAIL(
      "F05",
      "The mark of failure is never taken off a node that answers again.",
      "a kill and a restart"),
  SERVE_IN_MINORITY(
      "I04",
      "A master that reaches no majority of the masters goes on serving after the node"
          + " timeout: what it accepts is lost when the partition heals.",
      "a partition that leaves a master in the minority for longer than the node timeout"),
  WRITE_AT_ONCE(
      "I06",
      "A master that restarts, or comes back from a minority, accepts writes before its"
          + " peers can tell it that it was replaced.",
      "a kill and a restart of a master, or a partition, that lasts as long as a failover"),
  STAY_MASTER(
      "H07",
      "A master whose last slot another node has taken does not become its replica: it"
          + " stays a master with nothing to do, and the shard is short of a replica.",
      "a kill of a master, and its restart after the failover"),
  NEVER_SEND_UPDATE(
      "H07",
      "A node does not answer a stale claim of slots with an UPDATE: whoever has missed a"
          + " failover goes on believing in the former owner if the new one does not reach it.",
      "a kill of a master, and its restart while its successor cannot reach it"),
  MIGRATE_REPLICAS_IN_CIRCLES(
      "L02",
      "A replica moves to a master without replicas even if that leaves its own without:"
          + " the orphaned master attracts the next one, and so on forever.",
      "a kill of a replica"),
  SKIP_EPOCH_BUMP(
      "D06",
      "The node that has imported a slot takes no greater config epoch: the others go on"
          + " believing the former owner, if that has the greater one.",
      "a reshard"),
  LET_GREATER_ID_WIN(
      "H05",
      "A slot that is claimed at the epoch of its owner goes to the claimant if that has"
          + " the greater node ID.",
      "takeovers without a vote at the same time, or a reshard during one"),
  FORGET_CURRENT_EPOCH(
      "H02",
      "The current epoch is not kept in nodes.conf: after a restart it falls back to the"
          + " greatest config epoch, and an epoch in which somebody was asked for votes comes"
          + " again.",
      "a kill of a candidate during its election"),
  WRITE_NODES_CONF_IN_PLACE(
      "M03",
      "nodes.conf is written over in two pieces instead of being replaced: who dies"
          + " between them finds half of it.",
      "a kill at any moment at which the configuration changes"),
  IGNORE_HASH_TAGS(
      "A02",
      "The slot of a key with a hash tag is that of the whole key: keys that belong"
          + " together are sent to different nodes.",
      "none"),
  REDIRECT_TO_FORMER_OWNER(
      "B14",
      "A node remembers forever to whom it first redirected a slot: after the slot has"
          + " moved on, it sends clients to a former owner.",
      "a reshard or a failover"),
  OBEY_ASKING_WITHOUT_IMPORT(
      "B08",
      "A node serves whatever comes after ASKING, also of slots that it does not import:"
          + " a late redirection leaves keys where nobody looks for them.",
      "a reshard under load, or one that is interrupted"),
  KEEP_ASKING(
      "B09",
      "ASKING holds for all later commands of the connection, not for the next one only.",
      "a reshard under load"),
  SERVE_IMPORT_UNASKED(
      "B08",
      "A node serves the keys of a slot that it imports to everybody, with ASKING and"
          + " without: a client that asks the wrong node at the wrong time creates a second"
          + " copy.",
      "a reshard under load"),
  SERVE_MIGRATING_KEY_TWICE(
      "B06",
      "The owner of a migrating slot does not send clients on to the target for keys that"
          + " it has not: it makes a second copy of a key that has moved.",
      "a reshard under load"),
  HALF_APPLY_TRANSACTION(
      "B12",
      "EXEC looks at the keys of each command when its turn comes, instead of all before"
          + " it begins: what comes before the first key that is elsewhere is applied, the rest"
          + " is not.",
      "a reshard under load of transactions on several keys"),
  ALLOW_CROSS_SLOT(
      "B04",
      "Only the first key of a command is looked at: the others are read and written"
          + " here, whoever owns their slots.",
      "none"),
  READ_AFTER_DEMOTION(
      "C01",
      "A replica answers reads of its master's slots to clients that have not said"
          + " READONLY: who is still connected to a former master reads what was.",
      "a failover, with clients that stay connected"),
  KEEP_BLOCKED_CLIENTS(
      "B13",
      "Clients that wait for a key are not sent away when its slot leaves the node: they"
          + " wait for what will never come.",
      "a reshard or a failover while clients wait in BLPOP"),
  MIGRATE_DELETES_EARLY(
      "D03",
      "MIGRATE deletes its keys when it has sent them, before the target has confirmed" + " them.",
      "a kill or a partition of the target during a reshard"),
  MIGRATE_DROPS_TTL(
      "D02",
      "MIGRATE sends keys without their time to live: what should expire lives forever on"
          + " the new node.",
      "a reshard with keys that expire"),
  KEEP_IMPORTS_FROM_REPLICAS(
      "D09",
      "Keys that arrive by MIGRATE are neither logged nor passed on to replicas: if a"
          + " replica is promoted, or the node restarts, during or after the migration, they"
          + " are lost.",
      "a reshard, and a kill of its target"),
  RESYNC_SKIPS_MISSED(
      "J05",
      "A master answers a replica that resumes with what comes from now on, instead of"
          + " what it has missed.",
      "a partition or a reset of the link between a master and its replica under load"),
  RESYNC_REPEATS_COMMAND(
      "J05",
      "A replica that resumes applies the last command before the interruption once more.",
      "a partition or a reset of the link between a master and its replica under a load"
          + " of counters or lists"),
  FULL_SYNC_DROPS_WRITES(
      "J05",
      "What clients write while the snapshot for a full synchronization is under way does"
          + " not reach the replica.",
      "a kill and a restart of a replica under load"),
  COUNT_LOST_REPLICAS(
      "J06",
      "WAIT counts replicas that have gone as if they had confirmed.",
      "a kill of a replica while clients use WAIT"),
  RETURN_EXPIRED_KEYS(
      "C02",
      "A replica shows keys whose time is over until its master deletes them.",
      "a pause of the master, or a partition from it, with keys that expire and reads"
          + " from replicas"),
  ACKNOWLEDGE_BEFORE_APPENDING(
      "J07",
      "Writes are acknowledged at once, and appended to the log once a second.",
      "a kill of a master and its restart before a failover"),
  DROP_AOF_TAIL(
      "J07",
      "When the log is loaded, its last commands are dropped without a word.",
      "a kill of a master and its restart before a failover"),
  DELIVER_SHARD_MESSAGE_TWICE(
      "N03", "A message to a shard channel is sent to the other nodes of the shard twice.", "none"),
  KEEP_SHARD_SUBSCRIBERS(
      "N04",
      "Subscribers of shard channels are not told when the slot leaves the node: they"
          + " wait for messages that others get.",
      "a reshard");

  private final String promise;
  private final String story;
  private final String fault;

  Defect(String promise, String story, String fault) {
    this.promise = promise;
    this.story = story;
    this.fault = fault;
  }

  /** Its name on command lines: {@code vote-twice}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is wrong, and what may come of it. */
  public String story() {
    return story;
  }

  /** The promise of Redis Cluster that it breaks, by its identifier. */
  public String promise() {
    return promise;
  }

  /** What has to happen for it to show, in words; {@code none} if nothing has. */
  public String fault() {
    return fault;
  }

  /** The defect of a name, as {@link #title} gives it. */
  public static Optional<Defect> named(String title) {
    return Arrays.stream(values()).filter(defect -> defect.title().equals(title)).findFirst();
  }

  @Override
  public String toString() {
    return title();
  }
}
