package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.Arrays;
import java.util.Optional;

/**
 * The order that the chain of sets imposes, against that of time. Places, from first to last:
 *
 * <pre>
 *   1 reads of set 0 · 2 adds of level 1 · 3 reads of set 1 · 4 adds of level 2 · …
 * </pre>
 *
 * <p>Of several adds of one element the one that was called first takes the place; the others may
 * come at any time after it, where they change nothing.
 */
final class SetOrder {
  private final SetReads reads;
  private final SetChain chain;
  private final ObjectHistory history;
  private final int[] firstReturned;
  private final int[] lastCalled;
  private final int[] firstReturnedRepetition;
  private final int[] adder;

  SetOrder(SetReads reads, SetChain chain) {
    this.reads = reads;
    this.chain = chain;
    this.history = reads.history();
    int places = 2 * chain.top() + 3;
    this.firstReturned = filled(places);
    this.lastCalled = filled(places);
    this.firstReturnedRepetition = filled(places);
    this.adder = filled(reads.values());
    for (int operation = 0; operation < history.size(); operation++) {
      reads.poll().step();
      if (reads.isAdd(operation)) {
        placeAdd(operation);
      } else if (reads.isRead(operation)) {
        place(operation, 2 * chain.levelOfResult(history.result(operation)) + 1);
      }
    }
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NONE);
    return array;
  }

  private void placeAdd(int operation) {
    int element = history.argument(operation);
    int level = chain.levelOfElement(element);
    boolean unseen = level > chain.top();
    if (unseen && history.returned(operation) == ObjectHistory.NEVER) {
      return;
    }
    int place = 2 * level;
    if (level == 0 || adder[element] != NONE) {
      firstReturnedRepetition[place] = sooner(firstReturnedRepetition[place], operation);
    } else {
      adder[element] = operation;
      place(operation, place);
    }
  }

  private void place(int operation, int place) {
    firstReturned[place] = sooner(firstReturned[place], operation);
    lastCalled[place] = later(lastCalled[place], operation);
  }

  private int sooner(int one, int other) {
    return one == NONE || history.returned(other) < history.returned(one) ? other : one;
  }

  private int later(int one, int other) {
    return one == NONE || history.call(other) > history.call(one) ? other : one;
  }

  /** Two operations that returned and were called in the wrong order, if there are such. */
  Optional<Contradiction> conflict() {
    Optional<Contradiction> unadded = unadded();
    if (unadded.isPresent()) {
      return unadded;
    }
    int last = NONE;
    for (int place = 0; place < firstReturned.length; place++) {
      reads.poll().step();
      for (int first : new int[] {firstReturned[place], firstReturnedRepetition[place]}) {
        if (first != NONE && last != NONE && history.returned(first) < history.call(last)) {
          return Optional.of(outOfOrder(last, first));
        }
      }
      if (lastCalled[place] != NONE) {
        last = last == NONE ? lastCalled[place] : later(last, lastCalled[place]);
      }
    }
    return Optional.empty();
  }

  private Optional<Contradiction> unadded() {
    for (int element = 0; element < adder.length; element++) {
      int level = chain.levelOfElement(element);
      if (level > 0 && level <= chain.top() && adder[element] == NONE) {
        return Optional.of(
            Contradiction.of(
                "%s saw %s, which nothing has added"
                    .formatted(history.named(chain.reader(level)), reads.value(element)),
                chain.reader(level)));
      }
    }
    return Optional.empty();
  }

  /** The one that comes earlier in the order was called after the later one had returned. */
  private Contradiction outOfOrder(int earlier, int later) {
    String early = history.named(earlier);
    String late = history.named(later);
    if (!reads.isAdd(earlier)) {
      return Contradiction.of(
          reads.isAdd(later)
              ? "%s did not see what %s had added before it was called".formatted(early, late)
              : "%s saw less than %s, which had returned before".formatted(early, late),
          earlier,
          later);
    }
    if (!reads.isAdd(later)) {
      return Contradiction.of(
          "%s saw what was not added before %s, called after its return".formatted(late, early),
          earlier,
          later);
    }
    int reader = chain.reader(chain.levelOfElement(history.argument(earlier)));
    return Contradiction.of(
        "%s saw the element of %s but not that of %s, which had returned before the first was called"
            .formatted(history.named(reader), early, late),
        earlier,
        later,
        reader);
  }
}
