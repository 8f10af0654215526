package io.shardquake.node.differential;

import io.shardquake.node.core.resp.InlineWords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A command as a client sends it.
 *
 * @param words the name and the arguments
 */
public record Request(List<byte[]> words) {
  public Request {
    words = List.copyOf(words);
  }

  /** A request given in words; each char stands for one byte. */
  public static Request of(List<String> words) {
    return new Request(
        words.stream().map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).toList());
  }

  /** A request given in words. */
  public static Request of(String... words) {
    return of(List.of(words));
  }

  /**
   * A request as redis-cli takes it, with quotes and escapes.
   *
   * @throws IllegalArgumentException if quotes are not balanced
   */
  public static Request parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    List<byte[]> words = new ArrayList<>();
    if (!InlineWords.split(bytes, 0, bytes.length, words)) {
      throw new IllegalArgumentException("unbalanced quotes: " + line);
    }
    return new Request(words);
  }

  /** The command's name in upper case. */
  public String name() {
    return words.isEmpty() ? "" : word(0).toUpperCase(Locale.ROOT);
  }

  /** A word, one char a byte. */
  public String word(int index) {
    return new String(words.get(index), StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a multibulk request. */
  public byte[] encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] word : words) {
      out.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(word);
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    return out.toByteArray();
  }

  /** As one would type it. */
  @Override
  public String toString() {
    return words.stream().map(Request::printed).collect(Collectors.joining(" "));
  }

  private static String printed(byte[] word) {
    StringBuilder text = new StringBuilder();
    boolean plain = word.length > 0;
    for (byte b : word) {
      if (b > ' ' && b < 0x7f && b != '"' && b != '\\' && b != '\'') {
        text.append((char) b);
      } else {
        plain = false;
        text.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
    }
    return plain ? text.toString() : '"' + text.toString() + '"';
  }
}
