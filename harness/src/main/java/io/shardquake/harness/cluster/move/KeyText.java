package io.shardquake.harness.cluster.move;

import java.nio.charset.StandardCharsets;

/** Shows a key to people: printable ASCII as it is, all other bytes as {@code \xNN}. */
public final class KeyText {
  private static final int LONGEST = 80;

  private KeyText() {}

  /** The key in quotation marks, cut off after 80 characters. */
  public static String of(byte[] key) {
    StringBuilder text = new StringBuilder("\"");
    for (char next : new String(key, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (text.length() > LONGEST) {
        return text.append("...\"").toString();
      }
      if (next == '"' || next == '\\') {
        text.append('\\').append(next);
      } else if (next >= ' ' && next <= '~') {
        text.append(next);
      } else {
        text.append(String.format("\\x%02x", (int) next));
      }
    }
    return text.append('"').toString();
  }
}
