package io.shardquake.checkers.transactions;

import static io.shardquake.checkers.transactions.DependencyGraph.LINK;
import static io.shardquake.checkers.transactions.DependencyGraph.RW;
import static io.shardquake.checkers.transactions.DependencyGraph.WR;
import static io.shardquake.checkers.transactions.DependencyGraph.WW;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What transactions saw, as edges.
 *
 * <p>An element that nobody saw, of a transaction that happened, comes after all that were seen:
 * lists only grow, so it would be in the longest read otherwise. A transaction whose outcome is
 * unknown happened if something that it appended was seen; otherwise it is left out, and what there
 * is to order can be ordered without it.
 */
final class DataDependencies {
  private static final int NONE = -1;

  private final TransactionLog log;
  private final VersionOrders orders;
  private final TransactionReads reads;
  private final DependencyGraph.Builder graph;
  private final BitSet happened = new BitSet();

  DataDependencies(
      TransactionLog log,
      VersionOrders orders,
      TransactionReads reads,
      DependencyGraph.Builder graph) {
    this.log = log;
    this.orders = orders;
    this.reads = reads;
    this.graph = graph;
    for (int transaction = 0; transaction < log.size(); transaction++) {
      happened.set(transaction, happened(transaction));
    }
  }

  private boolean happened(int transaction) {
    return switch (log.type(transaction)) {
      case OK -> true;
      case FAIL -> false;
      case INFO -> {
        boolean seen = false;
        for (int micro = log.from(transaction); micro < log.to(transaction); micro++) {
          seen |= log.isAppend(micro) && isSeen(log.element(micro));
        }
        yield seen;
      }
    };
  }

  private boolean isSeen(int element) {
    return orders.position(element) != VersionOrders.NONE;
  }

  /** The transactions that happened. */
  BitSet happened() {
    return happened;
  }

  /** Adds all edges. */
  void add() {
    List<Map<Integer, Integer>> unseen = unseenWriters();
    for (int list = 0; list < log.lists(); list++) {
      addOrder(list, unseen.get(list));
    }
    addReads(unseen);
  }

  /** For each list the transactions that appended what nobody saw, with the first such element. */
  private List<Map<Integer, Integer>> unseenWriters() {
    List<Map<Integer, Integer>> unseen = new ArrayList<>();
    for (int list = 0; list < log.lists(); list++) {
      unseen.add(Map.of());
    }
    for (int element = 0; element < log.elements().size(); element++) {
      int writer = log.writer(element);
      if (!isSeen(element) && happened.get(writer)) {
        int list = log.elements().list(element);
        if (unseen.get(list).isEmpty()) {
          unseen.set(list, new LinkedHashMap<>());
        }
        unseen.get(list).putIfAbsent(writer, element);
      }
    }
    return unseen;
  }

  private void addOrder(int list, Map<Integer, Integer> unseen) {
    int last = NONE;
    for (int element : orders.order(list)) {
      int writer = log.writer(element);
      if (happened.get(writer)) {
        if (last != NONE) {
          graph.add(last, writer, WW, element);
        }
        last = writer;
      }
    }
    if (last != NONE) {
      int lastWriter = last;
      unseen.forEach((writer, element) -> graph.add(lastWriter, writer, WW, element));
    }
  }

  private void addReads(List<Map<Integer, Integer>> unseen) {
    List<List<Integer>> ofAll = new ArrayList<>();
    for (int list = 0; list < log.lists(); list++) {
      ofAll.add(List.of());
    }
    for (int read = 0; read < log.microOperations(); read++) {
      if (!log.isAppend(read)
          && orders.version(read) != VersionOrders.NONE
          && reads.isExternal(read)) {
        int list = log.list(read);
        addSources(read);
        if (!addNext(read) && !unseen.get(list).isEmpty()) {
          if (ofAll.get(list).isEmpty()) {
            ofAll.set(list, new ArrayList<>());
          }
          ofAll.get(list).add(log.transaction(read));
        }
      }
    }
    for (int list = 0; list < log.lists(); list++) {
      addUnseen(unseen.get(list), ofAll.get(list));
    }
  }

  private void addSources(int read) {
    int size = orders.version(read);
    if (size > 0) {
      int element = orders.order(log.list(read))[size - 1];
      if (happened.get(log.writer(element))) {
        graph.add(log.writer(element), log.transaction(read), WR, element);
      }
    }
  }

  /** Adds the edge to whoever appended next; false if nobody that was seen did. */
  private boolean addNext(int read) {
    int[] order = orders.order(log.list(read));
    for (int at = orders.version(read); at < order.length; at++) {
      if (happened.get(log.writer(order[at]))) {
        graph.add(log.transaction(read), log.writer(order[at]), RW, order[at]);
        return true;
      }
    }
    return false;
  }

  /**
   * Each reader of the last version comes before each writer of what nobody saw. Two nodes stand
   * for all these edges: one leads to all writers, the other to those that are no readers, so that
   * no reader is led to itself. Of several that are both, each leads to the next, and the last one
   * to the first: that is a circle already, as are all edges among them.
   */
  private void addUnseen(Map<Integer, Integer> writers, List<Integer> readers) {
    if (writers.isEmpty() || readers.isEmpty()) {
      return;
    }
    Set<Integer> readersThatWrite = new LinkedHashSet<>(readers);
    readersThatWrite.retainAll(writers.keySet());
    List<Integer> both = List.copyOf(readersThatWrite);
    int toAll = graph.node();
    writers.forEach((writer, element) -> graph.add(toAll, writer, LINK, element));
    readers.stream()
        .filter(reader -> !writers.containsKey(reader))
        .forEach(reader -> graph.add(reader, toAll, RW, NONE));
    if (!both.isEmpty()) {
      int toOthers = graph.node();
      writers.forEach(
          (writer, element) -> {
            if (!readersThatWrite.contains(writer)) {
              graph.add(toOthers, writer, LINK, element);
            }
          });
      for (int i = 0; i < both.size(); i++) {
        int next = both.get((i + 1) % both.size());
        graph.add(both.get(i), toOthers, RW, NONE);
        graph.add(both.get(i), next, RW, writers.get(next));
      }
    }
  }
}
