package io.shardquake.node.core.rdb;

import java.nio.charset.StandardCharsets;

/** Scores of sorted sets where they are kept as text. */
final class Score {
  private Score() {}

  static double parse(byte[] text) throws CorruptRdb {
    String spelled = new String(text, StandardCharsets.ISO_8859_1);
    return switch (spelled) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield RdbInput.notNan(Double.parseDouble(spelled));
        } catch (NumberFormatException e) {
          throw new CorruptRdb("a score is no number");
        }
      }
    };
  }
}
