package io.shardquake.checkers.transactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Strongly connected components, by Tarjan's algorithm (Depth-first search and linear graph
 * algorithms, 1972) without recursion. Each use overwrites the {@link #rank}s of the one before.
 */
final class StronglyConnected {
  private final DependencyGraph graph;

  /** For each node when it was met, from 1; 0 if it was not. */
  private final int[] met;

  /** For each node the earliest node on the stack that it reaches; once it is done, its rank. */
  private final int[] low;

  private final int[] nextEdge;
  private final int[] stack;
  private final int[] path;
  private final int[] member;
  private int membership;
  private int stacked;
  private int time;
  private int ranks;

  StronglyConnected(DependencyGraph graph) {
    this.graph = graph;
    this.met = new int[graph.nodes()];
    this.low = new int[graph.nodes()];
    this.nextEdge = new int[graph.nodes()];
    this.stack = new int[graph.nodes()];
    this.path = new int[graph.nodes()];
    this.member = new int[graph.nodes()];
  }

  /** The components of more than one node, by edges of these kinds. */
  List<int[]> components(int kinds) {
    int[] nodes = new int[graph.nodes()];
    Arrays.setAll(nodes, node -> node);
    return components(nodes, kinds);
  }

  /** The components of more than one node, by edges of these kinds between some of the nodes. */
  List<int[]> components(int[] nodes, int kinds) {
    membership++;
    time = 0;
    ranks = Integer.MAX_VALUE;
    for (int node : nodes) {
      member[node] = membership;
      met[node] = 0;
    }
    List<int[]> found = new ArrayList<>();
    for (int node : nodes) {
      if (met[node] == 0) {
        visit(node, kinds, found);
      }
    }
    return found;
  }

  /** Where a node of the last use stands: edges lead from lesser ranks to greater, or to equal. */
  int rank(int node) {
    return low[node];
  }

  private void visit(int root, int kinds, List<int[]> found) {
    int depth = 0;
    meet(root);
    path[depth++] = root;
    while (depth > 0) {
      int node = path[depth - 1];
      int edge = nextEdge[node]++;
      if (edge == graph.to(node)) {
        depth--;
        if (low[node] == met[node]) {
          close(node, found);
        } else {
          int parent = path[depth - 1];
          low[parent] = Math.min(low[parent], low[node]);
        }
      } else if ((graph.kind(edge) & kinds) != 0 && member[graph.target(edge)] == membership) {
        int target = graph.target(edge);
        if (met[target] == 0) {
          meet(target);
          path[depth++] = target;
        } else if (met[target] != Integer.MAX_VALUE) {
          low[node] = Math.min(low[node], met[target]);
        }
      }
    }
  }

  private void meet(int node) {
    met[node] = ++time;
    low[node] = time;
    nextEdge[node] = graph.from(node);
    stack[stacked++] = node;
  }

  /** Takes a component off the stack; those closed first are led to by those closed later. */
  private void close(int node, List<int[]> found) {
    int from = stacked;
    do {
      from--;
      met[stack[from]] = Integer.MAX_VALUE;
      low[stack[from]] = ranks;
    } while (stack[from] != node);
    ranks--;
    if (stacked - from > 1) {
      found.add(Arrays.copyOfRange(stack, from, stacked));
    }
    stacked = from;
  }
}
