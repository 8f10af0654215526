package io.shardquake.node.core.value;

import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.resp.StrictInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Distinct members: sorted numbers while they are few and nothing else, then a table. */
public final class SetValue extends Value {
  private IntSet numbers = new IntSet();
  private @Nullable Dict<Boolean> table;

  /** Number of members. */
  public int size() {
    return table == null ? numbers.size() : table.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public boolean contains(byte[] member) {
    if (table != null) {
      return table.contains(member);
    }
    return StrictInteger.isCanonical(member) && numbers.contains(number(member));
  }

  /** Adds a member; false if it is there already. The array is given away. */
  public boolean add(byte[] member, EncodingLimits limits) {
    if (table == null && StrictInteger.isCanonical(member)) {
      boolean added = numbers.add(number(member));
      if (added && numbers.size() > limits.intsetEntries()) {
        convert(limits);
      }
      return added;
    }
    Dict<Boolean> members = table == null ? convert(limits) : table;
    return members.put(member, Boolean.TRUE) == null;
  }

  /** Removes a member; false if it is not there. */
  public boolean remove(byte[] member) {
    if (table != null) {
      return table.remove(member) != null;
    }
    return StrictInteger.isCanonical(member) && numbers.remove(number(member));
  }

  /** Visits every member; the set must not change meanwhile. */
  public void forEach(Consumer<byte[]> visit) {
    if (table != null) {
      table.forEach((member, yes) -> visit.accept(member));
      return;
    }
    for (int i = 0; i < numbers.size(); i++) {
      visit.accept(text(numbers.get(i)));
    }
  }

  /** One step of SSCAN, all of a set of numbers at once; as {@link Dict#scan}. */
  public long scan(long cursor, Consumer<byte[]> visit) {
    if (table != null) {
      return table.scan(cursor, (member, yes) -> visit.accept(member));
    }
    forEach(visit);
    return 0;
  }

  /** A member drawn at random; the set must not be empty. */
  public byte[] random(IntUnaryOperator below) {
    if (table != null) {
      return table.random(below).key();
    }
    return text(numbers.get(below.applyAsInt(numbers.size())));
  }

  private Dict<Boolean> convert(EncodingLimits limits) {
    Dict<Boolean> converted = new Dict<>(limits.hashSeed());
    forEach(member -> converted.put(member, Boolean.TRUE));
    numbers = new IntSet();
    table = converted;
    return converted;
  }

  /** The least number of 64 bits is also what the parser gives for no number. */
  private static long number(byte[] canonical) {
    return StrictInteger.parse(canonical, 0, canonical.length);
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String type() {
    return "set";
  }

  @Override
  public String encoding() {
    return table == null ? "intset" : "hashtable";
  }

  @Override
  public SetValue copy() {
    SetValue copy = new SetValue();
    if (table != null) {
      copy.table = table.copy(yes -> yes);
    } else {
      copy.numbers = numbers.copy();
    }
    return copy;
  }
}
