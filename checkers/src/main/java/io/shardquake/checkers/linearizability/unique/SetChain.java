package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What reads saw must be a chain of ever larger sets. Set 0 is the one at first; the set before the
 * first read of set {@code k} grows by the elements of level {@code k}. Elements that no read saw
 * have a level above all.
 */
final class SetChain {
  private final SetReads reads;
  private final ObjectHistory history;
  private final int[] levelOfElement;
  private final int[] levelOfResult;
  private final List<Integer> readers = new ArrayList<>();

  SetChain(SetReads reads) {
    this.reads = reads;
    this.history = reads.history();
    this.levelOfElement = new int[reads.values()];
    this.levelOfResult = new int[history.values()];
  }

  /** Builds the chain; returns two reads that saw sets of which neither contains the other. */
  Optional<Contradiction> build() {
    Arrays.fill(levelOfElement, NONE);
    for (int element : reads.initial()) {
      levelOfElement[element] = 0;
    }
    readers.add(NONE);
    int[] largest = reads.initial();
    for (int result : resultsBySize()) {
      int[] elements = reads.elements(result);
      int[] smaller = largest;
      if (count(elements) < smaller.length) {
        return Optional.of(notNested(smaller, result));
      }
      if (elements.length > smaller.length) {
        readers.add(reads.reader(result));
        largest = elements;
        assign(elements);
      } else if (top() == 0) {
        readers.set(0, reads.reader(result));
      }
      levelOfResult[result] = top();
    }
    for (int element = 0; element < levelOfElement.length; element++) {
      reads.poll().step();
      if (levelOfElement[element] == NONE) {
        levelOfElement[element] = top() + 1;
      }
    }
    return Optional.empty();
  }

  private int[] resultsBySize() {
    return IntStream.of(reads.results())
        .boxed()
        .sorted(Comparator.comparingInt(result -> reads.elements(result).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int count(int[] elements) {
    int known = 0;
    for (int element : elements) {
      reads.poll().step();
      known += levelOfElement[element] == NONE ? 0 : 1;
    }
    return known;
  }

  private void assign(int[] elements) {
    for (int element : elements) {
      reads.poll().step();
      if (levelOfElement[element] == NONE) {
        levelOfElement[element] = top();
      }
    }
  }

  private Contradiction notNested(int[] smaller, int result) {
    int[] elements = reads.elements(result);
    int missing =
        IntStream.of(smaller)
            .filter(element -> Arrays.binarySearch(elements, element) < 0)
            .findFirst()
            .orElseThrow();
    int reader = reads.reader(result);
    int other = readers.get(top());
    if (other == NONE) {
      return Contradiction.of(
          "%s did not see %s, which was there at first"
              .formatted(history.named(reader), reads.value(missing)),
          reader);
    }
    int extra =
        IntStream.of(elements)
            .filter(element -> levelOfElement[element] == NONE)
            .findFirst()
            .orElseThrow();
    return Contradiction.of(
        "%s saw %s but not %s, and %s the other way round"
            .formatted(
                history.named(reader),
                reads.value(extra),
                reads.value(missing),
                history.named(other)),
        reader,
        other);
  }

  /** The level of the largest set that was read. */
  int top() {
    return readers.size() - 1;
  }

  /** The level of an element. */
  int levelOfElement(int element) {
    return levelOfElement[element];
  }

  /** The level of a read's result. */
  int levelOfResult(int result) {
    return levelOfResult[result];
  }

  /** A read of the set of a level; {@link Accesses#NONE} for the first set if nobody read it. */
  int reader(int level) {
    return readers.get(level);
  }
}
