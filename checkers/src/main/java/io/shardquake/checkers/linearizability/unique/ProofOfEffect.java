package io.shardquake.checkers.linearizability.unique;

import static io.shardquake.checkers.linearizability.unique.Accesses.NONE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Why operations of unknown outcome took effect: each one that is left wrote a value that another
 * operation found, and from there it goes on to one that is known to have happened.
 */
final class ProofOfEffect {
  private final Accesses accesses;

  ProofOfEffect(Accesses accesses) {
    this.accesses = accesses;
  }

  /** The contradiction with the operations that prove that others took effect. */
  Contradiction completed(Contradiction contradiction) {
    if (contradiction.operations().stream().noneMatch(accesses::isInfo)) {
      return contradiction;
    }
    int[] readerOfValue = readersByValue();
    List<Integer> operations = new ArrayList<>(contradiction.operations());
    Set<Integer> present = new HashSet<>(operations);
    StringBuilder why = new StringBuilder(contradiction.why());
    for (int at = 0; at < operations.size(); at++) {
      int operation = operations.get(at);
      if (accesses.isInfo(operation)) {
        int reader = readerOfValue[accesses.writes(operation)];
        why.append("; ").append(name(operation)).append(" took effect, for ");
        why.append(name(reader)).append(" found its value");
        if (present.add(reader)) {
          operations.add(reader);
        }
      }
    }
    return Contradiction.of(why.toString(), operations);
  }

  /** For each value an operation that read it, one that is known to have happened if there is. */
  private int[] readersByValue() {
    int[] readers = new int[accesses.values()];
    Arrays.fill(readers, NONE);
    for (int operation = 0; operation < accesses.history().size(); operation++) {
      accesses.poll().step();
      int value = accesses.reads(operation);
      if (value != NONE && (readers[value] == NONE || !accesses.isInfo(operation))) {
        readers[value] = operation;
      }
    }
    return readers;
  }

  private String name(int operation) {
    return accesses.history().named(operation);
  }
}
