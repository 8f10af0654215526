package io.shardquake.checkers.transactions;

import static io.shardquake.checkers.transactions.DependencyGraph.LINK;
import static io.shardquake.checkers.transactions.DependencyGraph.PROCESS;
import static io.shardquake.checkers.transactions.DependencyGraph.REALTIME;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The order in which transactions were called and returned, as edges.
 *
 * <p>Every pair of which one returned before the other was called would be too many edges. Nodes in
 * a row stand for the returns: a transaction leads to the node of its return, each node to the
 * next, and the last one before a call to the transaction called. The row is cut where nothing is
 * called between two returns, so that there are at most as many nodes as calls.
 */
final class TimeDependencies {
  private static final int NONE = -1;

  private final TransactionLog log;
  private final BitSet happened;
  private final DependencyGraph.Builder graph;

  TimeDependencies(TransactionLog log, BitSet happened, DependencyGraph.Builder graph) {
    this.log = log;
    this.happened = happened;
    this.graph = graph;
  }

  /** Adds all edges. */
  void add() {
    History history = log.history();
    Map<Integer, Integer> lastOfProcess = new HashMap<>();
    PriorityQueue<Returned> open = new PriorityQueue<>();
    int node = NONE;
    for (int transaction = happened.nextSetBit(0);
        transaction >= 0;
        transaction = happened.nextSetBit(transaction + 1)) {
      int row = log.row(transaction);
      long called = history.invocationIndex(row);
      node = passed(open, called, node);
      if (node != NONE) {
        graph.add(node, transaction, LINK, NONE);
      }
      Integer before = lastOfProcess.put(history.process(row), transaction);
      if (before != null) {
        graph.add(before, transaction, PROCESS, NONE);
      }
      if (log.type(transaction) == Completion.Type.OK) {
        open.add(new Returned(history.completionIndex(row), transaction));
      }
    }
  }

  /** Takes all that returned before a call to a new node; the node that stands for all so far. */
  private int passed(PriorityQueue<Returned> open, long called, int last) {
    int node = last;
    boolean isNew = false;
    while (!open.isEmpty() && open.peek().index() < called) {
      if (!isNew) {
        node = graph.node();
        isNew = true;
        if (last != NONE) {
          graph.add(last, node, LINK, NONE);
        }
      }
      graph.add(open.remove().transaction(), node, REALTIME, NONE);
    }
    return node;
  }

  private record Returned(long index, int transaction) implements Comparable<Returned> {
    @Override
    public int compareTo(Returned other) {
      return Long.compare(index, other.index);
    }
  }
}
