package io.shardquake.harness.conformance.bench;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.faults.NodeStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a cluster fit for the next test: heals, takes back, empties, and looks. */
final class Restoration {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Bench bench;
  private final Stand.Shape shape;

  Restoration(Bench bench, Stand.Shape shape) {
    this.bench = bench;
    this.shape = shape;
  }

  /** Whether the cluster is as good as new afterwards. */
  boolean restore() {
    boolean undone = true;
    while (!bench.undoes().isEmpty()) {
      undone &= attempt(bench.undoes().pop());
    }
    for (Member member : bench.members()) {
      undone &= attempt(() -> revive(member));
    }
    return undone && Watch.comes(LIMIT, this::isWhole) && attempt(this::empty);
  }

  private boolean attempt(Bench.Undo undo) {
    try {
      undo.perform();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception failure) {
      bench.note("cleaning up: " + failure);
      return false;
    }
  }

  private void revive(Member member) {
    switch (bench.cluster().status(member.name()).state()) {
      case PAUSED -> bench.breakage().resume(member);
      case DEAD -> bench.breakage().start(member);
      case RUNNING -> {}
    }
    if (bench.cluster().status(member.name()).state() != NodeStatus.State.RUNNING) {
      throw new Outcomes.Inconclusive(member + " does not run");
    }
  }

  private boolean isWhole() throws IOException {
    Set<TreeMap<String, String>> beliefs = new HashSet<>();
    for (Member member : bench.members()) {
      ClusterView view = member.view();
      if (!view.info().ok() || view.nodes().size() != bench.members().size()) {
        return false;
      }
      TreeMap<String, String> belief = new TreeMap<>();
      for (NodeView node : view.nodes()) {
        boolean healthy =
            !node.is(NodeFlag.FAIL)
                && !node.is(NodeFlag.PFAIL)
                && !node.is(NodeFlag.HANDSHAKE)
                && node.openSlots().isEmpty()
                && (node.is(NodeFlag.MYSELF) || node.linked());
        if (!healthy) {
          return false;
        }
        belief.put(node.id(), node.slots() + node.master().orElse(""));
      }
      beliefs.add(belief);
      boolean follows = view.myself().orElseThrow().is(NodeFlag.REPLICA);
      if (follows && !member.info("replication", "master_link_status").equals("up")) {
        return false;
      }
    }
    return beliefs.size() == 1 && isShaped(bench.members().get(0).view());
  }

  private boolean isShaped(ClusterView view) {
    Set<String> owners = new TreeSet<>();
    TreeMap<String, Integer> replicas = new TreeMap<>();
    int slots = 0;
    for (NodeView node : view.nodes()) {
      if (node.slotCount() > 0) {
        owners.add(node.id());
        slots += node.slotCount();
      }
      node.master().ifPresent(master -> replicas.merge(master, 1, Integer::sum));
    }
    return slots == SlotRange.SLOTS
        && owners.size() == shape.masters()
        && (shape.replicas() == 0 || replicas.keySet().equals(owners))
        && replicas.values().stream().allMatch(count -> count == shape.replicas());
  }

  private void empty() throws IOException {
    for (Member master : bench.masters()) {
      master.look("FLUSHALL");
    }
  }
}
