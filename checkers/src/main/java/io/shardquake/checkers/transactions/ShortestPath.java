package io.shardquake.checkers.transactions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Shortest ways through the graph, counted in transactions: breadth first, where a {@link
 * DependencyGraph#LINK} has no length. A place is a node, and whether an anti-dependency led there.
 */
final class ShortestPath {
  private static final int NONE = -1;

  private final DependencyGraph graph;
  private final int[] since;
  private final int[] by;
  private final int[] before;
  private int round;
  private long visits;

  ShortestPath(DependencyGraph graph) {
    this.graph = graph;
    this.since = new int[graph.nodes() * 2];
    this.by = new int[graph.nodes() * 2];
    this.before = new int[graph.nodes() * 2];
  }

  /** How many edges were looked at so far. */
  long visits() {
    return visits;
  }

  /**
   * Looks for a way from the end of an edge back to its beginning, or from a node to itself.
   *
   * @param first the edge; its kind counts as that which led to its target
   * @param to where the edge comes from
   * @param kinds of edges that may be taken
   * @param within which nodes may be passed
   * @param apart whether no two anti-dependencies may follow each other
   * @return the edges, the first one among them
   */
  Optional<List<Integer>> back(int first, int to, int kinds, IntPredicate within, boolean apart) {
    round++;
    boolean startsRw = apart && graph.kind(first) == DependencyGraph.RW;
    Deque<Integer> open = new ArrayDeque<>();
    reach(place(graph.target(first), startsRw), NONE, NONE, open, false);
    while (!open.isEmpty()) {
      int place = open.removeFirst();
      int node = place >> 1;
      boolean afterRw = (place & 1) != 0;
      if (node == to && !(startsRw && afterRw)) {
        return Optional.of(way(first, place));
      }
      for (int edge = graph.from(node); edge < graph.to(node); edge++) {
        visits++;
        byte kind = graph.kind(edge);
        boolean isRw = kind == DependencyGraph.RW;
        boolean allowed = (kind & kinds) != 0 && !(apart && afterRw && isRw);
        if (allowed && (graph.target(edge) == to || within.test(graph.target(edge)))) {
          boolean link = kind == DependencyGraph.LINK;
          boolean leadsRw = apart && (link ? afterRw : isRw);
          reach(place(graph.target(edge), leadsRw), edge, place, open, link);
        }
      }
    }
    return Optional.empty();
  }

  private static int place(int node, boolean afterRw) {
    return node << 1 | (afterRw ? 1 : 0);
  }

  private void reach(int place, int edge, int from, Deque<Integer> open, boolean soon) {
    if (since[place] != round) {
      since[place] = round;
      by[place] = edge;
      before[place] = from;
      if (soon) {
        open.addFirst(place);
      } else {
        open.addLast(place);
      }
    }
  }

  private List<Integer> way(int first, int end) {
    List<Integer> edges = new ArrayList<>();
    for (int place = end; by[place] != NONE; place = before[place]) {
      edges.add(by[place]);
    }
    edges.add(first);
    Collections.reverse(edges);
    return edges;
  }
}
