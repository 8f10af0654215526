package io.shardquake.harness.target;

import io.shardquake.node.core.defect.Defect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What cluster to start.
 *
 * @param masters number of masters, at least 3 (fewer cannot elect a replica)
 * @param replicasPerMaster replicas of each master, at least 0
 * @param nodeTimeout {@code cluster-node-timeout}, at least 100 ms
 * @param server executable to run; empty to let the target choose
 * @param appendFsync how often the append-only file is synced
 * @param wiring whether a link proxy stands before each node
 * @param shimmed whether a shim stands between each node and its operating system, which faults of
 *     disks and clocks need
 * @param defects that reference nodes shall have, in the order of their declaration
 * @param directives further configuration lines in the server's own syntax, after and therefore
 *     stronger than the target's own
 */
public record ClusterOptions(
    int masters,
    int replicasPerMaster,
    Duration nodeTimeout,
    Optional<Path> server,
    AppendFsync appendFsync,
    Wiring wiring,
    boolean shimmed,
    Set<Defect> defects,
    List<String> directives) {
  private static final Duration SHORTEST_NODE_TIMEOUT = Duration.ofMillis(100);

  /**
   * Three masters with one replica each, node timeout 2 s, append-only file synced every second.
   */
  public static final ClusterOptions DEFAULT =
      new ClusterOptions(
          3,
          1,
          Duration.ofSeconds(2),
          Optional.empty(),
          AppendFsync.EVERYSEC,
          Wiring.DIRECT,
          false,
          Set.of(),
          List.of());

  /** The policies of {@code appendfsync}. */
  public enum AppendFsync {
    ALWAYS,
    EVERYSEC,
    NO
  }

  /** How nodes and clients reach the nodes. */
  public enum Wiring {
    /** Without detour. */
    DIRECT,
    /** Through a link proxy, which network faults need, and which takes its time. */
    PROXIED,
    /** Through a packet filter, in a network namespace that this process lives in. */
    FILTERED
  }

  /**
   * @throws IllegalArgumentException with a message for the user if a bound does not hold
   */
  public ClusterOptions {
    if (masters < 3) {
      throw new IllegalArgumentException(
          "a cluster needs at least 3 masters to elect a replica, not " + masters);
    }
    if (replicasPerMaster < 0) {
      throw new IllegalArgumentException(
          "the number of replicas per master cannot be " + replicasPerMaster);
    }
    if (nodeTimeout.compareTo(SHORTEST_NODE_TIMEOUT) < 0) {
      throw new IllegalArgumentException(
          "the node timeout must be at least "
              + SHORTEST_NODE_TIMEOUT.toMillis()
              + " ms, not "
              + nodeTimeout.toMillis()
              + " ms");
    }
    EnumSet<Defect> ordered = EnumSet.noneOf(Defect.class);
    ordered.addAll(defects);
    defects = Collections.unmodifiableSet(ordered);
    directives = List.copyOf(directives);
  }

  /** Masters and replicas together. */
  public int nodeCount() {
    return masters * (1 + replicasPerMaster);
  }

  public ClusterOptions withShape(int masters, int replicasPerMaster) {
    return with(
        draft -> {
          draft.masters = masters;
          draft.replicasPerMaster = replicasPerMaster;
        });
  }

  public ClusterOptions withNodeTimeout(Duration nodeTimeout) {
    return with(draft -> draft.nodeTimeout = nodeTimeout);
  }

  public ClusterOptions withServer(Path server) {
    return with(draft -> draft.server = Optional.of(server));
  }

  public ClusterOptions withAppendFsync(AppendFsync appendFsync) {
    return with(draft -> draft.appendFsync = appendFsync);
  }

  public ClusterOptions withDefects(Set<Defect> defects) {
    return with(draft -> draft.defects = defects);
  }

  public ClusterOptions withDirectives(List<String> directives) {
    return with(draft -> draft.directives = directives);
  }

  public ClusterOptions withWiring(Wiring wiring) {
    return with(draft -> draft.wiring = wiring);
  }

  public ClusterOptions withShim(boolean shimmed) {
    return with(draft -> draft.shimmed = shimmed);
  }

  private ClusterOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /** Options on their way from one set to another. */
  private static final class Draft {
    private int masters;
    private int replicasPerMaster;
    private Duration nodeTimeout;
    private Optional<Path> server;
    private AppendFsync appendFsync;
    private Wiring wiring;
    private boolean shimmed;
    private Set<Defect> defects;
    private List<String> directives;

    private Draft(ClusterOptions from) {
      this.masters = from.masters;
      this.replicasPerMaster = from.replicasPerMaster;
      this.nodeTimeout = from.nodeTimeout;
      this.server = from.server;
      this.appendFsync = from.appendFsync;
      this.wiring = from.wiring;
      this.shimmed = from.shimmed;
      this.defects = from.defects;
      this.directives = from.directives;
    }

    private ClusterOptions finish() {
      return new ClusterOptions(
          masters,
          replicasPerMaster,
          nodeTimeout,
          server,
          appendFsync,
          wiring,
          shimmed,
          defects,
          directives);
    }
  }
}
