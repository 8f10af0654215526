package io.shardquake.checkers.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A column of values: the shapes that registers use as numbers, all others by reference. Not
 * thread-safe while it is written.
 */
final class ValueColumn {
  private static final int RECENT = 1 << 8;

  private final Column shapes = new Column();
  private final Column numbers = new Column();
  private final Column seconds = new Column();
  private final List<Value> others = new ArrayList<>();

  /** Numbers of {@link #others} by hash, so that values that recur are seldom held twice. */
  private int[] recent = {};

  void set(int row, Value value) {
    if (value instanceof Value.Int number) {
      setLong(row, number.value());
    } else if (value.isNil()) {
      setNil(row);
    } else if (value instanceof Value.Sequence sequence && isPair(sequence.items())) {
      setPair(row, integer(sequence.items().get(0)), integer(sequence.items().get(1)));
    } else {
      setNumber(row, Shape.OTHER, reference(value));
    }
  }

  void setNil(int row) {
    shapes.set(row, Shape.NIL.code());
  }

  void setLong(int row, long value) {
    setNumber(row, Shape.INT, value);
  }

  /** Sets a pair of numbers, both of which must be within 32 bits. */
  void setPair(int row, long first, long second) {
    setNumber(row, Shape.PAIR, first);
    seconds.set(row, second);
  }

  /** Packs everything: there is nothing more to come. */
  void pack() {
    shapes.pack();
    numbers.pack();
    seconds.pack();
  }

  Shape shape(int row) {
    return Shape.ofCode((int) shapes.get(row));
  }

  /** The number of a row of shape {@link Shape#INT}. */
  long number(int row) {
    return numbers.get(row);
  }

  /** The first number of a row of shape {@link Shape#PAIR}. */
  int first(int row) {
    return (int) numbers.get(row);
  }

  /** The second number of a row of shape {@link Shape#PAIR}. */
  int second(int row) {
    return (int) seconds.get(row);
  }

  Value get(int row) {
    return switch (shape(row)) {
      case NIL -> Value.nil();
      case INT -> Value.of(number(row));
      case PAIR -> Value.pair(Value.of(first(row)), Value.of(second(row)));
      case OTHER -> others.get((int) numbers.get(row));
    };
  }

  /** Whether a sequence of these items has the shape {@link Shape#PAIR}. */
  static boolean isPair(List<Value> items) {
    return items.size() == 2 && isSmall(items.get(0)) && isSmall(items.get(1));
  }

  private static boolean isSmall(Value value) {
    return value instanceof Value.Int number && number.value() == (int) number.value();
  }

  private static long integer(Value value) {
    return ((Value.Int) value).value();
  }

  private void setNumber(int row, Shape shape, long number) {
    shapes.set(row, shape.code());
    numbers.set(row, number);
  }

  private int reference(Value value) {
    if (recent.length == 0) {
      recent = new int[RECENT];
      Arrays.fill(recent, -1);
    }
    int hash = value.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (RECENT - 1);
    int candidate = recent[slot];
    if (candidate >= 0 && others.get(candidate).equals(value)) {
      return candidate;
    }
    others.add(value);
    recent[slot] = others.size() - 1;
    return recent[slot];
  }
}
