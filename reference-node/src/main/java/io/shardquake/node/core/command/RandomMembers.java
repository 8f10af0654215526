package io.shardquake.node.core.command;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.dict.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Draws members of a collection that is not empty, as SRANDMEMBER, HRANDFIELD and ZRANDMEMBER do.
 *
 * @param size how many members there are
 * @param all visits each of them
 * @param one draws one
 */
public record RandomMembers(
    int size, Consumer<Consumer<byte[]>> all, Supplier<byte[]> one, Randomness random) {
  /** From this share on, it is cheaper to take out of all than to draw until enough differ. */
  private static final int SHARE = 3;

  /**
   * As many as asked for: a negative count lets members come repeatedly, a positive one gives
   * distinct members, all of them if it is no less than their number.
   *
   * @throws ErrorReply if there are more than a reply can hold
   */
  public List<byte[]> draw(long count) {
    if (count >= size) {
      List<byte[]> members = new ArrayList<>(size);
      all.accept(members::add);
      return members;
    }
    if (count < -Integer.MAX_VALUE) {
      throw new ErrorReply("ERR value is out of range");
    }
    return count < 0 ? repeated((int) -count) : distinct((int) count);
  }

  /**
   * Reads the count argument of a command that draws.
   *
   * @throws ErrorReply if it is no integer, or the least there is
   */
  public static long count(CommandContext context, int index) {
    long count = context.integer(index);
    if (count == Long.MIN_VALUE) {
      throw new ErrorReply(
          "ERR value is out of range, value must between -9223372036854775807 and"
              + " 9223372036854775807");
    }
    return count;
  }

  /**
   * Whether a command that draws has a last argument that asks for more than the members.
   *
   * @throws ErrorReply if it says something else, or the count is too large for that
   */
  public static boolean areToComeWith(CommandContext context, int index, String word, long count) {
    if (context.count() > index + 1 || (context.count() == index + 1 && !context.is(index, word))) {
      throw ErrorReply.syntax();
    }
    boolean with = context.count() == index + 1;
    if (with && (count < -Long.MAX_VALUE / 2 || count > Long.MAX_VALUE / 2)) {
      throw new ErrorReply("ERR value is out of range");
    }
    return with;
  }

  private List<byte[]> repeated(int count) {
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(one.get());
    }
    return members;
  }

  private List<byte[]> distinct(int count) {
    List<byte[]> members = new ArrayList<>();
    if ((long) count * SHARE < size) {
      Dict<Boolean> drawn = new Dict<>(random.below(Integer.MAX_VALUE));
      while (members.size() < count) {
        byte[] member = one.get();
        if (drawn.put(member, true) == null) {
          members.add(member);
        }
      }
      return members;
    }
    all.accept(members::add);
    for (int i = 0; i < count; i++) {
      int other = i + random.below(size - i);
      byte[] swapped = members.set(i, members.get(other));
      members.set(other, swapped);
    }
    return List.copyOf(members.subList(0, count));
  }
}
