package io.shardquake.faults.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A partition of a cluster.
 *
 * @param shape who is to be separated from whom
 * @param ways which ways
 * @param planes on which planes: clients, replication and bus can each be cut by themselves. On the
 *     plane of the clients these are separated from the struck side of the shape; on the others
 *     nodes are from nodes
 */
public record Partition(PartitionShape shape, Ways ways, Set<Plane> planes) {

  /**
   * The directions in which nothing may arrive, each once.
   *
   * @param all nodes of the cluster
   * @param struck some of them
   * @param draw decides where something is drawn
   */
  public List<Direction> directions(List<String> all, List<String> struck, long draw) {
    List<Direction> directions = new ArrayList<>();
    List<Cut> cuts = shape.cuts(all, struck, ways, draw);
    for (Plane plane : orderedPlanes()) {
      for (Cut cut : plane == Plane.CLIENT ? clients(struck, draw) : cuts) {
        directions.add(new Direction(cut.from(), cut.to(), plane));
      }
    }
    return List.copyOf(new LinkedHashSet<>(directions));
  }

  private List<Plane> orderedPlanes() {
    return Arrays.stream(Plane.values()).filter(planes::contains).toList();
  }

  private List<Cut> clients(List<String> struck, long draw) {
    List<Cut> cuts = new ArrayList<>();
    for (String node : shape.side(struck, draw)) {
      if (ways != Ways.IN) {
        cuts.add(new Cut(node, Direction.CLIENTS));
      }
      if (ways != Ways.OUT) {
        cuts.add(new Cut(Direction.CLIENTS, node));
      }
    }
    return cuts;
  }
}
