package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A chain is a longest sequence of clusters in which each writer after the first is a
 * compare-and-set that read the value before. Nothing can come between the operations of a chain,
 * and their order is known but for reads of the same value:
 *
 * <pre>
 *   write 1 · reads of 1 · cas [1 2] · reads of 2 · cas [2 3] · reads of 3
 * </pre>
 */
final class Chains {
  private final Clusters clusters;
  private final ObjectHistory history;
  private int size;
  private int[] root = new int[16];
  private int[] firstReturned = new int[16];
  private int[] lastCalled = new int[16];

  Chains(Clusters clusters) {
    this.clusters = clusters;
    this.history = clusters.history();
  }

  /**
   * Walks every chain.
   *
   * @return why one cannot be: an operation that returned before one was called which it must
   *     follow, or compare-and-sets that wait for each other in a circle
   */
  Optional<Contradiction> build() {
    int walked = 0;
    int present = 0;
    for (int number = 0; number <= clusters.initial(); number++) {
      clusters.poll().step();
      if (clusters.isCluster(number)) {
        present++;
      }
      if (clusters.isRoot(number)) {
        Walk walk = new Walk();
        Optional<Contradiction> contradiction = walk.from(number);
        if (contradiction.isPresent()) {
          return contradiction;
        }
        walked += walk.length;
        add(number, walk);
      }
    }
    return walked == present ? Optional.empty() : Optional.of(circle());
  }

  private void add(int number, Walk walk) {
    if (size == root.length) {
      root = Arrays.copyOf(root, size * 2);
      firstReturned = Arrays.copyOf(firstReturned, size * 2);
      lastCalled = Arrays.copyOf(lastCalled, size * 2);
    }
    root[size] = number;
    firstReturned[size] = walk.first;
    lastCalled[size] = walk.last;
    size++;
  }

  /** One chain from its root on, group by group: a writer, the reads of its value, and so on. */
  private final class Walk {
    private int length;
    private int first = NONE;
    private int last = NONE;

    Optional<Contradiction> from(int rootCluster) {
      for (int cluster = rootCluster; cluster != NONE; cluster = clusters.next(cluster)) {
        clusters.poll().step();
        length++;
        if (cluster != clusters.initial() && !pass(cluster, cluster)) {
          return Optional.of(outOfOrder(rootCluster, last, cluster));
        }
        int read = clusters.firstReturned(cluster);
        if (read != NONE && !pass(read, clusters.lastCalled(cluster))) {
          return Optional.of(outOfOrder(rootCluster, last, read));
        }
      }
      return Optional.empty();
    }

    /** Adds a group, unless one of it returned before one of those already passed was called. */
    private boolean pass(int groupFirstReturned, int groupLastCalled) {
      if (last != NONE && history.returned(groupFirstReturned) < history.call(last)) {
        return false;
      }
      if (first == NONE || history.returned(groupFirstReturned) < history.returned(first)) {
        first = groupFirstReturned;
      }
      if (last == NONE || history.call(groupLastCalled) > history.call(last)) {
        last = groupLastCalled;
      }
      return true;
    }
  }

  private Contradiction outOfOrder(int rootCluster, int earlier, int later) {
    int from = clusters.clusterOf(earlier);
    int to = clusters.clusterOf(later);
    List<Integer> witness = new ArrayList<>(writers(rootCluster, from, to));
    witness.add(earlier);
    witness.add(later);
    return Contradiction.of(
        "%s returned before %s was called, which it must follow%s"
            .formatted(
                history.named(later),
                history.named(earlier),
                from == to ? "" : " because of the compare-and-sets between"),
        witness);
  }

  private Contradiction circle() {
    boolean[] reached = new boolean[clusters.initial() + 1];
    for (int chain = 0; chain < size; chain++) {
      for (int cluster = root[chain]; cluster != NONE; cluster = clusters.next(cluster)) {
        reached[cluster] = true;
      }
    }
    int start = 0;
    while (reached[start] || !clusters.isCluster(start)) {
      start++;
    }
    List<Integer> circle = new ArrayList<>(List.of(start));
    for (int cluster = clusters.next(start); cluster != start; cluster = clusters.next(cluster)) {
      circle.add(cluster);
    }
    return Contradiction.of(
        "%s needs the value that %s left, which in turn needs what came of it"
            .formatted(history.named(start), history.named(circle.get(circle.size() - 1))),
        circle);
  }

  /** Number of chains. */
  int size() {
    return size;
  }

  /** The cluster a chain begins with. */
  int root(int chain) {
    return root[chain];
  }

  /** The chain's operation that returned first; {@link Accesses#NONE} if it has none. */
  int firstReturned(int chain) {
    return firstReturned[chain];
  }

  /** The chain's operation that was called last; {@link Accesses#NONE} if it has none. */
  int lastCalled(int chain) {
    return lastCalled[chain];
  }

  /** The writers of two clusters of one chain and of those between. */
  List<Integer> writers(int rootCluster, int from, int to) {
    List<Integer> writers = new ArrayList<>();
    int ends = from == to ? 1 : 2;
    int met = 0;
    for (int cluster = rootCluster; met < ends; cluster = clusters.next(cluster)) {
      if (cluster == from || cluster == to) {
        met++;
      }
      if (met > 0 && cluster != clusters.initial()) {
        writers.add(cluster);
      }
    }
    return writers;
  }
}
