package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.Arrays;

/**
 * A linearization of a register's history of which {@link Zones} has shown that it has one: the
 * chains, the initial one first, by an instant of each.
 *
 * <p>Of a forward zone any instant will do, as long as no other is taken within it; of a backward
 * one, its beginning, or the end of the forward zone that it begins in. Say C must come before C',
 * so that C's first return is before C' was called last. Two forward zones are disjoint, and so in
 * that order. If one is forward and the other backward, the instant of the backward one lies
 * outside of the forward one, on the side that the order asks for. And if both are backward, C has
 * its instant before its first return, and C' after its last call.
 */
final class RegisterOrder {
  private final Accesses accesses;
  private final Clusters clusters;
  private final Chains chains;
  private final ObjectHistory history;

  RegisterOrder(Accesses accesses, Clusters clusters, Chains chains) {
    this.accesses = accesses;
    this.clusters = clusters;
    this.chains = chains;
    this.history = clusters.history();
  }

  /** Numbers of the operations that took effect, in an order in which they may have done so. */
  int[] order() {
    int[] firstRead = firstReads();
    int[] nextRead = nextReads(firstRead);
    int[] order = new int[history.size()];
    int size = 0;
    for (long instant : instants()) {
      accesses.poll().step();
      for (int cluster = chains.root((int) instant);
          cluster != NONE;
          cluster = clusters.next(cluster)) {
        if (cluster != clusters.initial()) {
          order[size++] = cluster;
        }
        for (int read = firstRead[cluster]; read != NONE; read = nextRead[read]) {
          order[size++] = read;
        }
      }
    }
    return Arrays.copyOf(order, size);
  }

  /** For each chain its instant, twice its rank or one more, above its number; sorted. */
  private long[] instants() {
    int[] endOfForward = new int[history.events()];
    for (int chain = 0; chain < chains.size(); chain++) {
      accesses.poll().step();
      if (!isInitial(chain) && isForward(chain)) {
        endOfForward[first(chain)] = last(chain);
      }
    }
    int open = 0;
    for (int rank = 0; rank < endOfForward.length; rank++) {
      accesses.poll().step();
      open = Math.max(open, endOfForward[rank]);
      endOfForward[rank] = open;
    }
    long[] instants = new long[chains.size()];
    for (int chain = 0; chain < instants.length; chain++) {
      instants[chain] = instant(chain, endOfForward) << Integer.SIZE | chain;
    }
    Arrays.sort(instants);
    return instants;
  }

  private long instant(int chain, int[] endOfForward) {
    if (isInitial(chain)) {
      return -1;
    }
    if (isForward(chain)) {
      return 2L * first(chain);
    }
    int begin = last(chain);
    return Math.max(2L * begin, 2L * endOfForward[begin] + 1);
  }

  private boolean isInitial(int chain) {
    return chains.root(chain) == clusters.initial();
  }

  private boolean isForward(int chain) {
    return first(chain) < last(chain);
  }

  private int first(int chain) {
    return history.returned(chains.firstReturned(chain));
  }

  private int last(int chain) {
    return history.call(chains.lastCalled(chain));
  }

  private int[] firstReads() {
    int[] first = new int[history.size() + 1];
    Arrays.fill(first, NONE);
    return first;
  }

  /** Links the reads of each cluster in the order of their calls. */
  private int[] nextReads(int[] firstRead) {
    int[] next = new int[history.size()];
    for (int operation = history.size() - 1; operation >= 0; operation--) {
      accesses.poll().step();
      if (accesses.onlyReads(operation)) {
        int cluster = clusters.clusterOf(operation);
        next[operation] = firstRead[cluster];
        firstRead[cluster] = operation;
      }
    }
    return next;
  }
}
