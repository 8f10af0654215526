package io.shardquake.node.core.tracking;

import io.shardquake.node.core.command.ErrorReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The prefixes of the keys that a client wants broadcasts of. */
final class Prefixes {
  private Prefixes() {}

  static boolean begins(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static boolean overlap(byte[] one, byte[] other) {
    return begins(one, other) || begins(other, one);
  }

  /**
   * Checks that no key would be told of twice.
   *
   * @throws ErrorReply naming two prefixes that overlap
   */
  static void check(List<byte[]> existing, List<byte[]> added) {
    for (int i = 0; i < added.size(); i++) {
      for (byte[] old : existing) {
        if (overlap(old, added.get(i))) {
          throw overlapping(added.get(i), "an existing", old);
        }
      }
      for (int j = i + 1; j < added.size(); j++) {
        if (overlap(added.get(i), added.get(j))) {
          throw overlapping(added.get(i), "another provided", added.get(j));
        }
      }
    }
  }

  private static ErrorReply overlapping(byte[] one, String which, byte[] other) {
    return new ErrorReply(
        "ERR Prefix '"
            + text(one)
            + "' overlaps with "
            + which
            + " prefix '"
            + text(other)
            + "'. Prefixes for a single client must not overlap.");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
