package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A cluster is one operation that gave the register a value, its writer, with all the reads of that
 * value; the initial value has a cluster without writer. A cluster has the number of its writer,
 * and {@link #initial()} is one above the greatest operation.
 *
 * <p>Building them drops what need not have happened, and forgets reads of ambiguous values; see
 * {@link #exact()}.
 */
final class Clusters {
  private static final int AMBIGUOUS = -2;

  private final Accesses accesses;
  private final ObjectHistory history;
  private final int[] clusterOfValue;
  private final int[] next;
  private final int[] firstReturned;
  private final int[] lastCalled;
  private boolean exact;

  /** Groups the operations; the accesses are reduced to those that must have happened. */
  Clusters(Accesses accesses) {
    this.accesses = accesses;
    this.history = accesses.history();
    this.exact = accesses.exact();
    this.clusterOfValue = filled(accesses.values());
    this.next = filled(history.size() + 1);
    this.firstReturned = filled(history.size() + 1);
    this.lastCalled = filled(history.size() + 1);
    findWriters();
    dropWhatNeedNotHaveHappened();
    forgetAmbiguousReads();
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NONE);
    return array;
  }

  private void findWriters() {
    clusterOfValue[accesses.initial()] = initial();
    for (int operation = 0; operation < history.size(); operation++) {
      accesses.poll().step();
      int value = accesses.writes(operation);
      if (value != NONE) {
        clusterOfValue[value] = clusterOfValue[value] == NONE ? operation : AMBIGUOUS;
      }
    }
  }

  private void dropWhatNeedNotHaveHappened() {
    BitSet needed = new BitSet(history.size());
    for (int operation = 0; operation < history.size(); operation++) {
      accesses.poll().step();
      if (!accesses.isInfo(operation)) {
        markWritersBehind(operation, needed);
      }
    }
    for (int operation = 0; operation < history.size(); operation++) {
      accesses.poll().step();
      if (accesses.isInfo(operation) && !needed.get(operation)) {
        accesses.drop(operation);
      }
    }
  }

  /** Follows the values back through writers of unknown outcome, none of them twice. */
  private void markWritersBehind(int operation, BitSet needed) {
    int reader = operation;
    while (accesses.reads(reader) != NONE) {
      int writer = clusterOfValue[accesses.reads(reader)];
      if (writer < 0 || writer == initial() || !accesses.isInfo(writer) || needed.get(writer)) {
        return;
      }
      needed.set(writer);
      reader = writer;
    }
  }

  private void forgetAmbiguousReads() {
    for (int operation = 0; operation < history.size(); operation++) {
      accesses.poll().step();
      int value = accesses.reads(operation);
      if (value != NONE && clusterOfValue[value] == AMBIGUOUS) {
        accesses.forgetRead(operation);
        exact = false;
      }
    }
  }

  /**
   * Puts every reader into its cluster and links each cluster to the one whose writer read from it.
   *
   * @return why that cannot be: a value without writer, or two writers that both were the next
   */
  Optional<Contradiction> attachReaders() {
    for (int operation = 0; operation < history.size(); operation++) {
      accesses.poll().step();
      int value = accesses.reads(operation);
      if (value == NONE) {
        continue;
      }
      int cluster = clusterOfValue[value];
      if (cluster == NONE) {
        return Optional.of(readOfNothing(operation));
      }
      if (accesses.onlyReads(operation)) {
        attach(operation, cluster);
      } else if (next[cluster] == NONE) {
        next[cluster] = operation;
      } else {
        return Optional.of(bothNext(next[cluster], operation));
      }
    }
    return Optional.empty();
  }

  private void attach(int reader, int cluster) {
    int first = firstReturned[cluster];
    if (first == NONE || history.returned(reader) < history.returned(first)) {
      firstReturned[cluster] = reader;
    }
    int last = lastCalled[cluster];
    if (last == NONE || history.call(reader) > history.call(last)) {
      lastCalled[cluster] = reader;
    }
  }

  private Contradiction readOfNothing(int reader) {
    return Contradiction.of(
        "%s found %s, which nothing that may have taken effect has written"
            .formatted(history.named(reader), accesses.value(accesses.reads(reader))),
        List.of(reader));
  }

  private Contradiction bothNext(int one, int other) {
    return Contradiction.of(
        "%s and %s both replaced %s, which was there only once"
            .formatted(
                history.named(one), history.named(other), accesses.value(accesses.reads(one))),
        List.of(one, other));
  }

  /**
   * Whether the reduced history is linearizable exactly if the whole is. If not, values that were
   * written more than once were read, and only a contradiction carries over to the whole.
   */
  boolean exact() {
    return exact;
  }

  /** The cluster of the initial value. */
  int initial() {
    return history.size();
  }

  /** The cluster an operation belongs to; it must read or write. */
  int clusterOf(int operation) {
    return accesses.writes(operation) != NONE
        ? operation
        : clusterOfValue[accesses.reads(operation)];
  }

  /** Whether a number is that of a cluster which no compare-and-set ties to one before it. */
  boolean isRoot(int number) {
    return number == initial()
        || (accesses.writes(number) != NONE && accesses.reads(number) == NONE);
  }

  /** Whether a number is that of a cluster. */
  boolean isCluster(int number) {
    return number == initial() || accesses.writes(number) != NONE;
  }

  /** The cluster whose writer read this cluster's value, or {@link Accesses#NONE}. */
  int next(int cluster) {
    return next[cluster];
  }

  /** The read in the cluster that returned first, or {@link Accesses#NONE}. */
  int firstReturned(int cluster) {
    return firstReturned[cluster];
  }

  /** The read in the cluster that was called last, or {@link Accesses#NONE}. */
  int lastCalled(int cluster) {
    return lastCalled[cluster];
  }

  /** See {@link Accesses#poll()}. */
  LimitPoll poll() {
    return accesses.poll();
  }

  /** What the register holds while the cluster lasts. */
  Value value(int cluster) {
    return accesses.value(cluster == initial() ? accesses.initial() : accesses.writes(cluster));
  }

  ObjectHistory history() {
    return history;
  }
}
