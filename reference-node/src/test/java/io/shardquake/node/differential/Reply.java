package io.shardquake.node.differential;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A reply, or any other element of RESP, taken apart.
 *
 * @param kind the byte it begins with
 * @param text what stands on its line or in its body, one char a byte
 * @param elements of an aggregate, in order; of a map, keys and values in turn
 */
public record Reply(char kind, String text, List<Reply> elements) {
  public Reply {
    elements = List.copyOf(elements);
  }

  /** The next reply of a stream. */
  public static Reply read(InputStream in) throws IOException {
    String line = line(in);
    char kind = line.charAt(0);
    String rest = line.substring(1);
    return switch (kind) {
      case '$', '=', '!' -> body(kind, Integer.parseInt(rest), in);
      case '*', '~', '>', '%' -> aggregate(kind, Integer.parseInt(rest), in);
      case '+', '-', ':', ',', '#', '_', '(' -> new Reply(kind, rest, List.of());
      default -> throw new IOException("no reply begins like this: " + line);
    };
  }

  private static Reply body(char kind, int length, InputStream in) throws IOException {
    if (length < 0) {
      return new Reply(kind, "(nil)", List.of());
    }
    byte[] bytes = in.readNBytes(length + 2);
    if (bytes.length < length + 2) {
      throw new EOFException("the stream ends within a reply");
    }
    return new Reply(kind, new String(bytes, 0, length, StandardCharsets.ISO_8859_1), List.of());
  }

  private static Reply aggregate(char kind, int count, InputStream in) throws IOException {
    if (count < 0) {
      return new Reply(kind, "(nil)", List.of());
    }
    List<Reply> elements = new ArrayList<>();
    for (int i = 0; i < (kind == '%' ? 2 * count : count); i++) {
      elements.add(read(in));
    }
    return new Reply(kind, Integer.toString(count), elements);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the stream ends within a reply");
      }
      if (b == '\n' && line.size() > 0) {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (b != '\n') {
        line.write(b);
      }
    }
  }

  public boolean isError() {
    return kind == '-';
  }

  /** The texts of an aggregate's elements. */
  public List<String> texts() {
    return elements.stream().map(Reply::text).toList();
  }

  /** The same with elements sorted, or with pairs of elements sorted by their first. */
  Reply sorted(int step) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += step) {
      groups.add(elements.subList(i, Math.min(i + step, elements.size())).toString());
    }
    groups.sort(null);
    List<Reply> sorted = groups.stream().map(group -> new Reply('?', group, List.of())).toList();
    return new Reply(kind, text, sorted);
  }

  @Override
  public String toString() {
    if (elements.isEmpty()) {
      return kind + printed();
    }
    return kind
        + text
        + elements.stream().map(Reply::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private String printed() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      }
    }
    return out.toString();
  }
}
