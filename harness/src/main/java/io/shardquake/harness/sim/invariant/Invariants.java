package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.network.Direction;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.target.ClusterOptions.AppendFsync;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every node after every turn, and at everything that it sends:
 *
 * <ul>
 *   <li>the current epoch, the node's config epoch and the epoch of its last vote never go back
 *       within one life of its process;
 *   <li>{@link Elections}, {@link Candidates}, {@link Suspicions}: who may be elected, and when;
 *   <li>{@link Claims}, {@link Ownership}, {@link Paths}: who owns a slot, and who is told so;
 *   <li>{@link Writes}, {@link Files}: what is on disk, and what a node may execute;
 *   <li>the replication offset of a node that stays master never goes back;
 *   <li>under {@code appendfsync always} nothing is said to a client while a part of the log is not
 *       on disk;
 *   <li>a master that begins does not hold its cluster for up before its peers could tell it that
 *       it was replaced; one whose last slot is taken follows who took it; and a replica does not
 *       leave its master without any;
 *   <li>no node crashes.
 * </ul>
 */
public final class Invariants implements Witness {
  private static final int MOST_BREACHES = 20;

  /** For how long a master that begins must hesitate; less what its clock may be wrong by. */
  private static final long HESITATION_NANOS = 1_990_000_000L;

  private final boolean logsFirst;
  private final Map<SimNode, Memory> memories = new LinkedHashMap<>();
  private final Map<SimNode, Writes> writes = new LinkedHashMap<>();
  private final Elections elections;
  private final Candidates candidates;
  private final Suspicions suspicions;
  private final Claims claims;
  private final Paths paths;
  private final Files files;
  private final List<Breach> breaches = new ArrayList<>();
  private long looks;

  public Invariants(Experiment experiment) {
    Complaint complaint = (node, kind, what) -> breach(node, kind, what, "");
    this.logsFirst = experiment.cluster().appendFsync() == AppendFsync.ALWAYS;
    this.elections = new Elections(complaint);
    this.candidates = new Candidates(experiment, complaint);
    this.suspicions = new Suspicions(complaint);
    this.claims = new Claims(experiment.plan());
    this.paths = new Paths(complaint);
    this.files = new Files(complaint);
  }

  /** Whether anything is broken. */
  public boolean isBroken() {
    return !breaches.isEmpty();
  }

  /** Whether so much is broken that it is not worth to go on. */
  public boolean areBroken() {
    return breaches.size() >= MOST_BREACHES;
  }

  @Override
  public void turning(SimNode node, List<Input> inputs) {
    Memory memory = memories.get(node);
    if (memory == null || !node.core().equals(memory.life)) {
      memory = begin(node);
      memories.put(node, memory);
    }
    memory.told = false;
    memory.ticked = false;
    memory.heard = 0;
    memory.handover = "";
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      memory.ticked |= input instanceof Input.Tick;
      if (input instanceof Input.Received received) {
        boolean client = node.isClient(received.connection());
        memory.told |= client;
        if (!client) {
          memory.heard++;
          hear(node, memory, received);
        }
      }
    }
    memory.unclaimed =
        node.core().flatMap(Node::clusterInsight).map(ClusterInsight::anyUnclaimed).orElse(false);
  }

  private void hear(SimNode node, Memory memory, Input.Received received) {
    int type = BusBytes.type(received.data());
    if (type == BusBytes.FAILOVER_AUTH_ACK) {
      elections.hears(node, node.peerOf(received.connection()), received.data());
    } else if (type == BusBytes.MFSTART) {
      memory.handover = BusBytes.sender(received.data());
    }
  }

  private Memory begin(SimNode node) {
    Memory memory = new Memory(node, (at, kind, what) -> breach(at, kind, what, ""));
    Writes heard = new Writes(node, (at, kind, what) -> breach(at, kind, what, ""));
    node.core().ifPresent(core -> core.propagateTo(heard));
    writes.put(node, heard);
    candidates.forget(node);
    return memory;
  }

  @Override
  public void turned(SimNode node, List<Effect> effects) {
    Optional<ClusterInsight> insight = node.core().flatMap(Node::clusterInsight);
    Memory memory = memories.get(node);
    if (insight.isPresent() && memory != null) {
      looks++;
      ClusterInsight now = insight.get();
      files.turned(node);
      writes.get(node).turned(effects, now.isMaster());
      if (now.isMaster() && now.id().equals(now.masterOf(memory.handover))) {
        writes.get(node).hold();
      }
      look(node, memory, now);
      talk(node, memory, now, effects);
      memory.note(now);
    }
  }

  private void look(SimNode node, Memory memory, ClusterInsight now) {
    boolean reset = memory.told && memory.configEpoch > 0 && now.configEpoch() == 0;
    if (reset) {
      elections.forget(node);
    } else if (memory.fresh) {
      elections.begins(node, now);
    } else {
      requireNotLess(node, "current-epoch-went-back", memory.currentEpoch, now.currentEpoch());
      requireNotLess(node, "config-epoch-went-back", memory.configEpoch, now.configEpoch());
      requireNotLess(node, "vote-epoch-went-back", memory.lastVoteEpoch, now.lastVoteEpoch());
      if (memory.isMaster && now.isMaster()) {
        requireNotLess(node, "offset-went-back", memory.offset, now.replicationOffset());
      }
      lookAtRole(node, memory, now);
    }
    boolean early = node.nowNanos() - memory.beganNanos < HESITATION_NANOS;
    if (early && now.isMaster() && now.isOk() && (memory.fresh || memory.isMaster) && !memory.ok) {
      breach(node, "up-too-early", "it holds its cluster for up as soon as it has begun", "");
    }
    lookAtSlots(node, memory, now);
    if (memory.slots > 0 && now.slotCount() == 0 && now.isMaster() && !memory.told) {
      breach(node, "master-without-slots", "it lost its last slot and stays a master", "");
    }
    candidates.look(node, now);
    if (memory.ticked) {
      suspicions.look(node, now);
      memory.ownership.remember(now);
      memory.siblings = now.isMaster() ? 0 : now.otherReplicasOf(now.masterId());
      memory.failed.clear();
      now.forEachSuspect(
          id -> {
            if (now.holdsFailed(id)) {
              memory.failed.add(id);
            }
          });
    }
  }

  private void lookAtRole(SimNode node, Memory memory, ClusterInsight now) {
    if (!memory.isMaster && now.isMaster()) {
      elections.promoted(node, now, memory.quorum);
    }
    boolean moved = !memory.isMaster && !now.isMaster() && !memory.master.equals(now.masterId());
    if (moved
        && !memory.told
        && now.isServing(memory.master)
        && memory.siblings == 0
        && now.otherReplicasOf(memory.master) == 0) {
      breach(
          node,
          "left-master-without-replicas",
          "it left " + memory.master + " for " + now.masterId() + " and was its last replica",
          "");
    }
  }

  private void lookAtSlots(SimNode node, Memory memory, ClusterInsight now) {
    memory.changed = memory.slotChanges != now.slotChanges();
    boolean claimsAnew =
        now.isMaster()
            && (memory.changed || memory.configEpoch != now.configEpoch() || !memory.isMaster);
    if (claimsAnew) {
      claims.conflict(now).ifPresent(what -> breach(node, "two-owners-in-one-epoch", what, ""));
    }
    if (memory.changed) {
      // Of two messages in one turn the first may allow what the second does.
      memory.ownership.changed(now, memory.told, memory.unclaimed || memory.heard > 1);
    }
  }

  private void requireNotLess(SimNode node, String kind, long before, long after) {
    if (after < before) {
      breach(node, kind, "from " + before + " to " + after, "");
    }
  }

  /** What a node is about to say, which it has decided by what it knew in this turn. */
  private void talk(SimNode node, Memory memory, ClusterInsight now, List<Effect> effects) {
    boolean announced = false;
    for (int i = 0; i < effects.size(); i++) {
      if (!(effects.get(i) instanceof Effect.Send send)) {
        continue;
      }
      if (node.isClient(send.connection())) {
        if (!memory.changed) {
          paths.answers(node, now, send.data());
        }
        continue;
      }
      int type = BusBytes.type(send.data());
      if (type == BusBytes.FAILOVER_AUTH_REQUEST) {
        ask(node, now, send.data());
      } else if (type == BusBytes.FAILOVER_AUTH_ACK) {
        vote(node, memory, now, send);
      } else if (type == BusBytes.FAIL && !announced) {
        announced = true;
        suspicions.says(node, now, memory.quorum, BusBytes.failed(send.data()));
      }
    }
  }

  private void ask(SimNode node, ClusterInsight now, byte[] message) {
    boolean again = elections.hasAsked(node, BusBytes.currentEpoch(message));
    elections.asks(node, message);
    if (!again && !BusBytes.isForced(message)) {
      candidates.asks(node, now);
    }
  }

  private void vote(SimNode voter, Memory memory, ClusterInsight now, Effect.Send ack) {
    String candidate = voter.peerOf(ack.connection());
    boolean failed =
        memories.entrySet().stream()
            .filter(entry -> entry.getKey().facts().name().equals(candidate))
            .map(entry -> now.masterOf(entry.getValue().id))
            .allMatch(
                master ->
                    master.isEmpty() || memory.failed.contains(master) || now.holdsFailed(master));
    elections.votes(voter, candidate, ack.data(), failed);
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    files.performing(node, effect);
    if (logsFirst
        && effect instanceof Effect.Send send
        && node.peerOf(send.connection()).equals(Direction.CLIENTS)
        && !node.disk().isSynced(Invariants::isLog)) {
      breach(
          node,
          "acknowledged-before-synced",
          "a client was answered while the log was not on disk",
          "");
    }
  }

  private static boolean isLog(String file) {
    return file.endsWith(".incr.aof");
  }

  @Override
  public void complains(SimNode node, String kind, String what) {
    breach(node, kind, what, "");
  }

  @Override
  public void crashed(SimNode node, Throwable failure) {
    StringBuilder where = new StringBuilder(failure.toString());
    for (StackTraceElement element : failure.getStackTrace()) {
      if (element.getClassName().startsWith("io.shardquake.harness")) {
        break;
      }
      where.append("\n  at ").append(element);
    }
    breach(node, "node-crashed", "the node crashed: " + failure, where.toString());
  }

  private void breach(SimNode node, String kind, String what, String detail) {
    if (!areBroken()) {
      breaches.add(new Breach(kind, node.nowNanos(), node.facts().name(), what, detail));
    }
  }

  /** What came of it. */
  public Verdict verdict() {
    Value.Mapping statistics = new Value.Mapping(Map.of("looks", Value.of(looks)));
    if (breaches.isEmpty()) {
      return new Verdict(
          "invariants", Validity.VALID, "held after every turn", List.of(), statistics, List.of());
    }
    Breach first = breaches.get(0);
    return new Verdict(
        "invariants",
        Validity.INVALID,
        first.kind() + ": " + first.finding().summary(),
        breaches.stream().map(Breach::finding).toList(),
        statistics,
        List.of());
  }
}
