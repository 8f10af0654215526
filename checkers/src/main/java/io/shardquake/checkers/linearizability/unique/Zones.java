package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stretch of time between a chain's first return and its last call. Where the return comes
 * first the zone is <em>forward</em>: the chain fills it, and nothing of another chain fits
 * between. Where the call comes first it is <em>backward</em>: the whole chain may take effect at
 * one instant in it.
 *
 * <pre>
 *   forward    write 1 |----|                    backward   write 2 |---------|
 *              read  1          |----|                      read  2     |---------|
 *                           ^    ^                                      ^     ^
 *                    first return  last call                    last call   first return
 * </pre>
 *
 * <p>Two chains contradict each other if and only if two forward zones overlap, or a backward zone
 * lies in a forward one.
 */
final class Zones {
  private final Clusters clusters;
  private final Chains chains;
  private final ObjectHistory history;

  Zones(Clusters clusters, Chains chains) {
    this.clusters = clusters;
    this.chains = chains;
    this.history = clusters.history();
  }

  /** Two chains each of which must come before the other, if there are such. */
  Optional<Contradiction> conflict() {
    int[] chainFrom = new int[history.events()];
    int open = NONE;
    for (int chain = 0; chain < chains.size(); chain++) {
      clusters.poll().step();
      if (chains.root(chain) == clusters.initial()) {
        open = chain;
      } else {
        chainFrom[Math.min(firstReturn(chain), lastCall(chain))] = chain + 1;
      }
    }
    for (int from : chainFrom) {
      clusters.poll().step();
      int chain = from - 1;
      if (chain == NONE) {
        continue;
      }
      if (firstReturn(chain) < lastCall(open)) {
        return Optional.of(contradiction(open, chain));
      }
      if (firstReturn(chain) < lastCall(chain)) {
        open = chain;
      }
    }
    return Optional.empty();
  }

  private int firstReturn(int chain) {
    return history.returned(chains.firstReturned(chain));
  }

  private int lastCall(int chain) {
    int operation = chains.lastCalled(chain);
    return operation == NONE ? NONE : history.call(operation);
  }

  private Contradiction contradiction(int open, int inside) {
    int last = chains.lastCalled(open);
    int from = chains.firstReturned(inside);
    if (chains.root(open) == clusters.initial()) {
      List<Integer> witness = new ArrayList<>(List.of(last, from));
      witness.addAll(writers(open, clusters.initial(), clusters.clusterOf(last)));
      return Contradiction.of(
          "%s was called after %s had returned: what the register began with was overwritten"
              .formatted(history.named(last), history.named(from)),
          witness);
    }
    int first = chains.firstReturned(open);
    int to = chains.lastCalled(inside);
    List<Integer> witness = new ArrayList<>(List.of(first, last, from, to));
    witness.addAll(writers(open, clusters.clusterOf(first), clusters.clusterOf(last)));
    witness.addAll(writers(inside, clusters.clusterOf(from), clusters.clusterOf(to)));
    return Contradiction.of(
        from == to ? between(first, from, last) : crossed(first, last, from, to), witness);
  }

  private List<Integer> writers(int chain, int from, int to) {
    return chains.writers(chains.root(chain), from, to);
  }

  private String between(int first, int operation, int last) {
    return "%s was called after %s had returned, and that after %s: %s"
        .formatted(
            history.named(last),
            history.named(operation),
            history.named(first),
            clusters.clusterOf(first) == clusters.clusterOf(last)
                ? held(last) + " was overwritten"
                : "the compare-and-sets between them leave no room for it");
  }

  private String crossed(int first, int last, int from, int to) {
    return "%s had to come before %s, and %s before %s, but the register held %s and %s once each"
        .formatted(
            history.named(first),
            history.named(to),
            history.named(from),
            history.named(last),
            held(first),
            held(from));
  }

  private Value held(int operation) {
    return clusters.value(clusters.clusterOf(operation));
  }
}
