package io.shardquake.faults.nemesis;

import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.disk.Shim;
import io.shardquake.faults.disk.Shim.Knob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What faults want of the shims before nodes. Of faults that overlap on one knob the one that came
 * last has its way; when the last of them ends the knob is at 0 again. To be called on the
 * scheduler's thread.
 */
public final class NodeShims {
  private final ClusterControl cluster;
  private final Map<Place, Map<Integer, Long>> wanted = new LinkedHashMap<>();

  NodeShims(ClusterControl cluster) {
    this.cluster = cluster;
  }

  private record Place(String node, Knob knob) {}

  /**
   * The shim before a node.
   *
   * @throws IllegalStateException if there is none, or its process takes no notice of it
   */
  public Shim of(String node) {
    Shim shim =
        cluster
            .shim(node)
            .orElseThrow(() -> new IllegalStateException("the cluster was started without a shim"));
    if (!shim.isLoaded()) {
      throw new IllegalStateException(
          node + " takes no notice of the shim: is its program linked statically?");
    }
    return shim;
  }

  /**
   * Sets a knob for as long as the fault lasts.
   *
   * @throws IllegalStateException if there is no shim that could do it
   */
  public void set(int fault, String node, Knob knob, long value) {
    Shim shim = of(node);
    wanted.computeIfAbsent(new Place(node, knob), first -> new LinkedHashMap<>()).put(fault, value);
    shim.set(knob, value);
  }

  /** Ends what this fault wanted. */
  public void end(int fault) {
    for (Place place : List.copyOf(wanted.keySet())) {
      Map<Integer, Long> byFault = wanted.get(place);
      if (byFault.remove(fault) != null) {
        long value = byFault.values().stream().reduce((one, later) -> later).orElse(0L);
        cluster.shim(place.node()).ifPresent(shim -> shim.set(place.knob(), value));
      }
      if (byFault.isEmpty()) {
        wanted.remove(place);
      }
    }
  }

  /** Ends everything. */
  void endAll() {
    wanted
        .keySet()
        .forEach(place -> cluster.shim(place.node()).ifPresent(shim -> shim.set(place.knob(), 0)));
    wanted.clear();
  }
}
