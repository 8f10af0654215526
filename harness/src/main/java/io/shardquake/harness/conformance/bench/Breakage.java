package io.shardquake.harness.conformance.bench;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Partition;
import io.shardquake.faults.network.PartitionShape;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.network.Ways;
import io.shardquake.harness.conformance.bench.Outcomes.Inconclusive;
import io.shardquake.harness.conformance.bench.Outcomes.NotApplicable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The faults of a test: each happens at once, and is taken back when the test ends. What the target
 * cannot be made to suffer makes the test not applicable.
 */
public final class Breakage {
  private final Bench bench;

  Breakage(Bench bench) {
    this.bench = bench;
  }

  /** SIGKILL. */
  public void kill(Member... members) {
    require("kill");
    for (Member member : members) {
      bench.note("kill -9 " + member);
      member.close();
    }
    all(Arrays.stream(members).map(m -> bench.cluster().kill(m.name())).toList(), "kill");
  }

  /** SIGTERM. */
  public void stop(Member member) {
    require("restart");
    bench.note("stop " + member);
    member.close();
    all(List.of(bench.cluster().stop(member.name())), "stop");
  }

  /** Starts again what is dead. */
  public void start(Member... members) {
    for (Member member : members) {
      bench.note("start " + member);
    }
    all(Arrays.stream(members).map(m -> bench.cluster().start(m.name())).toList(), "start");
  }

  /** Starts a node that may refuse to; tells why it did, and empty if it runs. */
  public Optional<String> tryStart(Member member) {
    bench.note("start " + member);
    try {
      bench.cluster().start(member.name()).toCompletableFuture().join();
      return Optional.empty();
    } catch (CompletionException refusal) {
      String why = String.valueOf(refusal.getCause().getMessage());
      bench.note(member + " does not start: " + why);
      return Optional.of(why);
    }
  }

  /** Whether its process runs. */
  public boolean isDead(Member member) {
    return bench.cluster().status(member.name()).state() == NodeStatus.State.DEAD;
  }

  /** The number of its process; empty if the target does not tell. */
  public Optional<Long> processId(Member member) {
    long pid = bench.cluster().status(member.name()).pid();
    return pid > 0 ? Optional.of(pid) : Optional.empty();
  }

  /** SIGSTOP. */
  public void pause(Member... members) {
    require("pause");
    for (Member member : members) {
      bench.note("pause " + member);
      member.close();
    }
    all(Arrays.stream(members).map(m -> bench.cluster().pause(m.name())).toList(), "pause");
  }

  /** SIGCONT. */
  public void resume(Member... members) {
    for (Member member : members) {
      bench.note("resume " + member);
    }
    all(Arrays.stream(members).map(m -> bench.cluster().resume(m.name())).toList(), "resume");
  }

  /** Cuts these nodes off from all others, their bus and their replication, both ways. */
  public Imposition isolate(Member... members) {
    return cut(members, EnumSet.of(Plane.BUS, Plane.REPLICATION));
  }

  private Imposition cut(Member[] members, Set<Plane> planes) {
    List<String> names = Arrays.stream(members).map(Member::name).toList();
    bench.note("cut off " + names + " on " + planes);
    List<String> all = bench.members().stream().map(Member::name).toList();
    return impose(
        new Partition(PartitionShape.APART, Ways.BOTH, planes).directions(all, names, 0),
        Impairment.dropping());
  }

  /** Whether the links of the target can be cut. */
  public boolean cutsLinks() {
    return bench.cluster().network().isPresent();
  }

  /** Cuts what two nodes say to each other on a plane. */
  public Imposition separate(Member one, Member other, Plane plane) {
    bench.note("cut " + one + " and " + other + " on " + plane);
    Direction there = new Direction(one.name(), other.name(), plane);
    return impose(List.of(there, there.reversed()), Impairment.dropping());
  }

  private Imposition impose(List<Direction> where, Impairment what) {
    Network network =
        bench
            .cluster()
            .network()
            .orElseThrow(() -> new NotApplicable("the links of this target cannot be cut"));
    Imposition imposition = network.impose(where, what);
    bench.undoes().push(() -> imposition.lift().toCompletableFuture().join());
    all(List.of(imposition.inForce()), "cut");
    return imposition;
  }

  /** Ends a cut. */
  public void lift(Imposition imposition) {
    bench.note("heal the cut");
    all(List.of(imposition.lift()), "heal");
  }

  private void require(String kind) {
    Capabilities capabilities = bench.cluster().capabilities();
    Map<String, String> missing = capabilities.missing();
    Optional.ofNullable(missing.get(kind))
        .ifPresent(
            why -> {
              throw new NotApplicable("the target cannot " + kind + ": " + why);
            });
  }

  private static void all(List<? extends CompletionStage<Void>> stages, String what) {
    List<CompletionStage<Void>> waiting = new ArrayList<>(stages);
    try {
      waiting.forEach(stage -> stage.toCompletableFuture().join());
    } catch (CompletionException failure) {
      throw new Inconclusive(what + ": " + failure.getCause().getMessage(), failure);
    }
  }
}
