package io.shardquake.node.core.sort;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.value.HashValue;
import io.shardquake.node.core.value.StringValue;
import io.shardquake.node.core.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of BY or GET: a key whose star stands for the element, {@code ->field} of a hash at its
 * end, or {@code #} for the element itself.
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record KeyTemplate(byte[] pattern) {
  private int star() {
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] == '*') {
        return i;
      }
    }
    return -1;
  }

  boolean hasStar() {
    return star() >= 0;
  }

  /** Where the field begins; the end of the pattern if it names none. */
  private int field(int star) {
    for (int i = star + 1; i + 2 < pattern.length; i++) {
      if (pattern[i] == '-' && pattern[i + 1] == '>') {
        return i + 2;
      }
    }
    return pattern.length;
  }

  /** What the pattern leads to for an element; null if there is nothing. */
  byte @Nullable [] resolve(CommandContext context, byte[] element) {
    if (pattern.length == 1 && pattern[0] == '#') {
      return element;
    }
    int star = star();
    if (star < 0) {
      return null;
    }
    int field = field(star);
    int end = field < pattern.length ? field - 2 : pattern.length;
    byte[] key = Arrays.copyOf(pattern, end - 1 + element.length);
    System.arraycopy(element, 0, key, star, element.length);
    System.arraycopy(pattern, star + 1, key, star + element.length, end - star - 1);
    Value value = context.read(key);
    if (field < pattern.length) {
      return value instanceof HashValue hash
          ? hash.get(Arrays.copyOfRange(pattern, field, pattern.length))
          : null;
    }
    return value instanceof StringValue string ? string.bytes() : null;
  }
}
