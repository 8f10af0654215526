package io.shardquake.node.core.resp;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Splits an inline request, or a line of a configuration file, into words as Redis does. */
public final class InlineWords {
  private InlineWords() {}

  /**
   * Adds the words of {@code line[from, to)} to {@code words}.
   *
   * @return false if a quote is not closed, or closed in the middle of a word
   */
  public static boolean split(byte[] line, int from, int to, List<byte[]> words) {
    int i = from;
    while (true) {
      while (i < to && isSpace(line[i])) {
        i++;
      }
      if (i >= to) {
        return true;
      }
      ByteArrayOutputStream word = new ByteArrayOutputStream();
      while (i < to && !isSpace(line[i])) {
        if (line[i] == '"' || line[i] == '\'') {
          i = quoted(line, i, to, word);
          if (i < 0 || (i < to && !isSpace(line[i]))) {
            return false;
          }
          break;
        }
        word.write(line[i++]);
      }
      words.add(word.toByteArray());
    }
  }

  /** Reads a quoted part that starts at {@code start}; gives the position after it, or -1. */
  private static int quoted(byte[] line, int start, int to, ByteArrayOutputStream word) {
    byte quote = line[start];
    int i = start + 1;
    while (i < to) {
      byte c = line[i];
      if (c == quote) {
        return i + 1;
      }
      if (c == '\\' && i + 1 < to && (quote == '"' || line[i + 1] == '\'')) {
        if (quote == '"' && line[i + 1] == 'x' && i + 3 < to && isHex(line, i + 2)) {
          word.write(Character.digit(line[i + 2], 16) * 16 + Character.digit(line[i + 3], 16));
          i += 4;
          continue;
        }
        word.write(quote == '"' ? unescaped(line[i + 1]) : line[i + 1]);
        i += 2;
        continue;
      }
      word.write(c);
      i++;
    }
    return -1;
  }

  private static boolean isHex(byte[] line, int at) {
    return Character.digit(line[at], 16) >= 0 && Character.digit(line[at + 1], 16) >= 0;
  }

  private static int unescaped(byte c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> c;
    };
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
