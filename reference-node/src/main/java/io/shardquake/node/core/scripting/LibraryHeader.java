package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.ErrorReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first line of a library, {@code #!lua name=...}.
 *
 * @param name of the library
 * @param body what follows that line, its end included
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record LibraryHeader(String name, byte[] body) {
  /**
   * Reads it.
   *
   * @throws ErrorReply if it is not there, or not right
   */
  static LibraryHeader of(byte[] code) {
    if (code.length < 2 || code[0] != '#' || code[1] != '!') {
      throw new ErrorReply("ERR Missing library metadata");
    }
    int end = 0;
    while (end < code.length && code[end] != '\n') {
      end++;
    }
    if (end == code.length) {
      throw new ErrorReply("ERR Invalid library metadata");
    }
    String line = new String(code, 2, end - 2, StandardCharsets.ISO_8859_1);
    String[] words = line.strip().split("\\s+", -1);
    String name = null;
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      if (!word.startsWith("name=")) {
        throw new ErrorReply("ERR Invalid metadata value given: " + word);
      }
      if (name != null) {
        throw new ErrorReply("ERR Invalid metadata value, name argument was given multiple times");
      }
      name = word.substring("name=".length());
    }
    if (name == null) {
      throw new ErrorReply("ERR Library name was not given");
    }
    if (!isName(name)) {
      throw new ErrorReply(
          "ERR Library names can only contain letters, numbers, or underscores(_) and must be at"
              + " least one character long");
    }
    if (!words[0].equalsIgnoreCase("lua")) {
      throw new ErrorReply("ERR Engine '" + words[0] + "' not found");
    }
    return new LibraryHeader(name, Arrays.copyOfRange(code, end, code.length));
  }

  /** Whether a library or function may be called so. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9_]+");
  }
}
