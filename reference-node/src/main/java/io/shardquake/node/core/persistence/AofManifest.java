package io.shardquake.node.core.persistence;

import io.shardquake.node.core.resp.InlineWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files an append-only file consists of, and in which order (Redis documentation,
 * "Persistence", multi-part AOF).
 *
 * @param base what the log starts from
 * @param increments what came after it, in order
 * @param history files that are not needed any more and are to be deleted
 */
record AofManifest(Optional<Entry> base, List<Entry> increments, List<Entry> history) {
  private static final int MOST_IN_A_LINE = 1024;

  /**
   * One file.
   *
   * @param file its name in the directory of the append-only file
   */
  record Entry(String file, long sequence) {}

  AofManifest {
    increments = List.copyOf(increments);
    history = List.copyOf(history);
  }

  /** A manifest without files. */
  static AofManifest empty() {
    return new AofManifest(Optional.empty(), List.of(), List.of());
  }

  /** Base and increments in the order of loading. */
  List<Entry> files() {
    List<Entry> files = new ArrayList<>();
    base.ifPresent(files::add);
    files.addAll(increments);
    return files;
  }

  /** The greatest sequence number of an increment; 0 if there is none. */
  long lastIncrement() {
    return increments.isEmpty() ? 0 : increments.get(increments.size() - 1).sequence();
  }

  /** With one more increment. */
  AofManifest withIncrement(Entry added) {
    List<Entry> more = new ArrayList<>(increments);
    more.add(added);
    return new AofManifest(base, more, history);
  }

  /**
   * With a new base, that all files but the last increments are replaced by.
   *
   * @param kept how many of the last increments go on from the new base
   */
  AofManifest withBase(Entry newBase, int kept) {
    List<Entry> old = new ArrayList<>(history);
    base.ifPresent(old::add);
    int cut = increments.size() - kept;
    old.addAll(increments.subList(0, cut));
    return new AofManifest(Optional.of(newBase), increments.subList(cut, increments.size()), old);
  }

  AofManifest withoutHistory() {
    return new AofManifest(base, increments, List.of());
  }

  /** The manifest as it is kept in its file. */
  byte[] text() {
    StringBuilder text = new StringBuilder();
    base.ifPresent(entry -> line(text, entry, 'b'));
    history.forEach(entry -> line(text, entry, 'h'));
    increments.forEach(entry -> line(text, entry, 'i'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, Entry entry, char type) {
    text.append("file ").append(quoted(entry.file()));
    text.append(" seq ").append(entry.sequence()).append(" type ").append(type).append('\n');
  }

  private static String quoted(String name) {
    boolean plain = name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\'');
    return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Reads what {@link #text} wrote, or Redis did.
   *
   * @throws IllegalArgumentException if that is no manifest, with the line and the reason
   */
  static AofManifest parse(byte[] content) {
    Parser parser = new Parser();
    int start = 0;
    int number = 0;
    if (content.length == 0) {
      throw new IllegalArgumentException("found an empty AOF manifest");
    }
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      number++;
      if (end - start >= MOST_IN_A_LINE) {
        throw new IllegalArgumentException("line " + number + ": the line is too long");
      }
      parser.take(content, start, end, number);
      start = end + 1;
    }
    return new AofManifest(parser.base, parser.increments, parser.history);
  }

  /** Takes one line after the other. */
  private static final class Parser {
    private final List<Entry> increments = new ArrayList<>();
    private final List<Entry> history = new ArrayList<>();
    private Optional<Entry> base = Optional.empty();

    void take(byte[] content, int start, int end, int number) {
      int stop = end > start && content[end - 1] == '\r' ? end - 1 : end;
      if (stop > start && content[start] == '#') {
        return;
      }
      List<byte[]> words = new ArrayList<>();
      if (!InlineWords.split(content, start, stop, words)
          || words.size() < 6
          || words.size() % 2 != 0) {
        throw new IllegalArgumentException("line " + number + ": no 'file NAME seq N type T'");
      }
      try {
        add(words);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }

    private void add(List<byte[]> words) {
      String file = "";
      long sequence = 0;
      String type = "";
      for (int i = 0; i < words.size(); i += 2) {
        String value = text(words.get(i + 1));
        switch (text(words.get(i))) {
          case "file" -> file = value;
          case "seq" -> sequence = number(value);
          case "type" -> type = value;
          default -> {}
        }
      }
      if (file.isEmpty() || file.indexOf('/') >= 0 || file.indexOf('\\') >= 0) {
        throw new IllegalArgumentException("'" + file + "' is no name of a file in the directory");
      }
      if (sequence <= 0) {
        throw new IllegalArgumentException("sequence numbers begin with 1");
      }
      add(new Entry(file, sequence), type);
    }

    private void add(Entry entry, String type) {
      switch (type) {
        case "b" -> {
          if (base.isPresent()) {
            throw new IllegalArgumentException("there is a second base");
          }
          base = Optional.of(entry);
        }
        case "i" -> {
          if (!increments.isEmpty()
              && increments.get(increments.size() - 1).sequence() >= entry.sequence()) {
            throw new IllegalArgumentException("the sequence numbers of increments do not rise");
          }
          increments.add(entry);
        }
        case "h" -> history.add(entry);
        default -> throw new IllegalArgumentException("there is no type '" + type + "'");
      }
    }

    private static String text(byte[] word) {
      return new String(word, StandardCharsets.UTF_8);
    }

    private static long number(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }
}
