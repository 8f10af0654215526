package io.shardquake.node.core.monitor;

/** Arguments in double quotes, with escapes for what cannot be printed, as Redis shows them. */
public final class QuotedText {
  private QuotedText() {}

  public static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (byte b : bytes) {
      switch (b) {
        case '\\', '"' -> text.append('\\').append((char) b);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case 7 -> text.append("\\a");
        case '\b' -> text.append("\\b");
        default -> {
          if (b >= ' ' && b < 127) {
            text.append((char) b);
          } else {
            text.append("\\x");
            text.append(Character.forDigit(b >> 4 & 0xf, 16))
                .append(Character.forDigit(b & 0xf, 16));
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
