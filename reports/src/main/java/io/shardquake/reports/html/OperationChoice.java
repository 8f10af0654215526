package io.shardquake.reports.html;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * Which operations a page carries: all of them if they are few; else those that prove findings and
 * their neighbours, then those that did not succeed, then every so manieth of the rest. Not
 * thread-safe.
 */
final class OperationChoice {
  private final History history;
  private final PageBounds bounds;
  private final BitSet chosen;

  OperationChoice(History history, PageBounds bounds) {
    this.history = history;
    this.bounds = bounds;
    this.chosen = new BitSet(history.size());
  }

  void add(int row) {
    chosen.set(row);
  }

  /** The row of the operation with this invocation index; empty if there is none. */
  OptionalInt rowOf(long index) {
    int low = 0;
    int high = history.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = history.invocationIndex(middle);
      if (found == index) {
        return OptionalInt.of(middle);
      }
      if (found < index) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return OptionalInt.empty();
  }

  /** The rows, ascending. */
  int[] rows(Notices notices) {
    if (history.size() <= bounds.operations()) {
      chosen.set(0, history.size());
      return chosen.stream().toArray();
    }
    BitSet unsuccessful = new BitSet(history.size());
    for (int row = 0; row < history.size(); row++) {
      if (history.type(row) != Completion.Type.OK) {
        unsuccessful.set(row);
      }
    }
    int proof = chosen.cardinality();
    // Half of what is left for errors at most, so that the rest still shows the whole run.
    add(unsuccessful, Math.max(0, (bounds.operations() - proof) / 2));
    int errors = chosen.cardinality() - proof;
    BitSet others = new BitSet(history.size());
    others.set(0, history.size());
    others.andNot(unsuccessful);
    others.andNot(chosen);
    add(others, Math.max(0, bounds.operations() - chosen.cardinality()));
    notices.add(
        ("Of %,d operations this page carries %,d in detail: those that prove findings with their"
                + " neighbours, %,d of %,d others that did not succeed, and an even choice of the rest."
                + " Curves and figures count all of them; history.jsonl has every one.")
            .formatted(history.size(), chosen.cardinality(), errors, unsuccessful.cardinality()));
    return chosen.stream().toArray();
  }

  /** Chooses at most so many of the candidates, evenly. */
  private void add(BitSet candidates, int most) {
    int count = candidates.cardinality();
    long taken = 0;
    int position = 0;
    for (int row = candidates.nextSetBit(0); row >= 0; row = candidates.nextSetBit(row + 1)) {
      position++;
      if ((long) position * most / count > taken || count <= most) {
        chosen.set(row);
        taken++;
      }
    }
  }
}
