package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Jepsen's histories: operations as maps or records, one after another or in one vector or
 * list, formatted in any way. Takes no memory to speak of beside the history's own.
 *
 * <p>Operations whose {@code :process} is no number, such as the nemesis's, are left out and
 * counted in a remark. Fields that this library has no place for are left out. Where {@code :index}
 * is missing the order of the events stands in, and where {@code :time} is missing the time of the
 * event before, from 0.
 */
public final class EdnHistoryReader {
  /** What the values of a history's operations are. */
  public enum Values {
    /** The operation's own value: the history is of one object. */
    PLAIN,
    /** Jepsen's independent tuples {@code [key value]}: the history is of one object a key. */
    INDEPENDENT
  }

  private EdnHistoryReader() {}

  /**
   * Reads a file.
   *
   * @throws MalformedRecordingException at the first line where it is no history
   * @throws IOException if the file cannot be read
   */
  public static Recorded<History> read(Path file, Values values) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, not a history");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), values);
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " does not exist", missing);
    }
  }

  /**
   * Reads a stream to its end, as {@link #read(Path, Values)} does.
   *
   * @param source what to call it in messages
   */
  public static Recorded<History> read(InputStream in, String source, Values values)
      throws IOException {
    EdnParser parser = new EdnParser(in, source);
    EdnEvents events = new EdnEvents(parser, values);
    parser.skipByteOrderMark();
    int c = parser.peek();
    while (c != EdnInput.END) {
      if (c == '[' || c == '(') {
        long line = parser.line();
        parser.skip();
        int close = c == '[' ? ']' : ')';
        while (!parser.atEnd(close, line)) {
          events.read();
        }
      } else {
        events.read();
      }
      c = parser.peek();
    }
    return new Recorded<>(events.history(), remarks(source, events.leftOut()));
  }

  private static List<String> remarks(String source, long leftOut) {
    List<String> remarks = new ArrayList<>();
    if (leftOut > 0) {
      remarks.add(source + ": left out " + leftOut + " events of the nemesis");
    }
    return remarks;
  }
}
