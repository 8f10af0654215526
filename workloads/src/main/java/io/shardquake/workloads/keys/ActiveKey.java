package io.shardquake.workloads.keys;

import io.shardquake.checkers.history.Value;

/**
 * A key in use.
 *
 * @param ordinal its number among all keys of the run, from 0
 * @param name its name
 * @param operations how many operations it has taken
 * @param nextNumber the next number that was not used on it, from 1
 * @param seen the value that it was last known to have; {@link Value#nil()} if none
 */
public record ActiveKey(long ordinal, Value name, int operations, long nextNumber, Value seen) {
  static ActiveKey fresh(long ordinal, Value name) {
    return new ActiveKey(ordinal, name, 0, 1, Value.nil());
  }

  ActiveKey afterOperation(boolean numberUsed) {
    return new ActiveKey(ordinal, name, operations + 1, nextNumber + (numberUsed ? 1 : 0), seen);
  }

  ActiveKey withSeen(Value value) {
    return new ActiveKey(ordinal, name, operations, nextNumber, value);
  }
}
