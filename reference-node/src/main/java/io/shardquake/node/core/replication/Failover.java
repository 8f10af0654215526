package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.command.Pause;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A coordinated exchange of roles with a replica (FAILOVER): writes stop, a replica catches up,
 * this node becomes its replica and asks it to be master. Not thread-safe.
 */
final class Failover {
  /** Where it stands, in INFO's words. */
  enum State {
    NONE("no-failover"),
    WAITING("waiting-for-sync"),
    IN_PROGRESS("failover-in-progress");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Who is to become master. */
  record Target(String host, int port) {}

  /** Changes this node's role. */
  interface Roles {
    void follow(String host, int port);

    void lead();
  }

  private final ReplicationLog log;
  private final Replicas replicas;
  private final Pause pause;
  private final Roles roles;
  private final Outbox outbox;
  private final LongSupplier now;
  private State state = State.NONE;
  private @Nullable Target target;
  private long endsAt;
  private boolean forced;

  Failover(
      ReplicationLog log,
      Replicas replicas,
      Pause pause,
      Roles roles,
      Outbox outbox,
      LongSupplier now) {
    this.log = log;
    this.replicas = replicas;
    this.pause = pause;
    this.roles = roles;
    this.outbox = outbox;
    this.now = now;
  }

  State state() {
    return state;
  }

  /**
   * Begins.
   *
   * @param to the replica to wait for; empty for whichever catches up first
   * @param timeoutMillis when to give up, or to go on regardless if {@code force}; 0 for never
   */
  void begin(Optional<Target> to, long timeoutMillis, boolean force) {
    target = to.orElse(null);
    endsAt = timeoutMillis == 0 ? 0 : now.getAsLong() + timeoutMillis;
    forced = force;
    state = State.WAITING;
    pause.begin(Pause.Purpose.FAILOVER, Pause.Scope.WRITES, Long.MAX_VALUE);
    outbox.log(Effect.Level.NOTICE, "FAILOVER requested.");
  }

  /** Looks whether somebody has caught up, or the time is over. */
  void step() {
    if (state != State.WAITING) {
      return;
    }
    if (endsAt != 0 && now.getAsLong() >= endsAt) {
      if (forced && target != null) {
        outbox.log(Effect.Level.NOTICE, "Failover timed out, forcing failover.");
        exchange(target);
      } else {
        abort("Replica never caught up before timeout");
      }
      return;
    }
    caughtUp().ifPresent(this::exchange);
  }

  private Optional<Target> caughtUp() {
    return replicas.all().stream()
        .filter(ReplicaLink::isOnline)
        .filter(replica -> replica.acknowledged() == log.history().offset())
        .map(replica -> new Target(replica.ip(), replica.profile().port()))
        .filter(candidate -> target == null || target.equals(candidate))
        .findFirst();
  }

  private void exchange(Target next) {
    target = next;
    state = State.IN_PROGRESS;
    outbox.log(
        Effect.Level.NOTICE,
        "Failover target is synced, failing over to " + next.host() + ":" + next.port());
    roles.follow(next.host(), next.port());
  }

  /** What the request for synchronization has to end with. */
  List<String> lastWords() {
    return state == State.IN_PROGRESS ? List.of("FAILOVER") : List.of();
  }

  /** The new master has agreed to synchronize, or not. */
  void answered(boolean agreed) {
    if (state != State.IN_PROGRESS) {
      return;
    }
    if (agreed) {
      clear();
    } else {
      abort("Failover target rejected psync request");
    }
  }

  /** Gives up: this node is master again, if it had ceased to be. */
  void abort(String why) {
    outbox.log(Effect.Level.NOTICE, "Aborting failover: " + why);
    boolean demoted = state == State.IN_PROGRESS;
    clear();
    if (demoted) {
      roles.lead();
    }
  }

  private void clear() {
    state = State.NONE;
    target = null;
    endsAt = 0;
    forced = false;
    pause.end(Pause.Purpose.FAILOVER);
  }
}
