package io.shardquake.checkers.recording;

import java.io.IOException;

/** A recording that cannot be what its writer meant. Its message is one line and stands alone. */
public final class MalformedRecordingException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_PROBLEM = 300;

  private final long line;

  /**
   * Names the place and the problem.
   *
   * @param source the file, or what else was read
   * @param line where, from 1
   * @param problem what is wrong there; may quote the recording, of which it shows no control
   *     characters, and no more than fits in a line
   */
  public MalformedRecordingException(String source, long line, String problem) {
    super(source + ", line " + line + ": " + printable(problem));
    this.line = line;
  }

  /** Where the problem was seen, from 1. */
  public long line() {
    return line;
  }

  private static String printable(String problem) {
    StringBuilder text = new StringBuilder();
    problem
        .codePoints()
        .limit(LONGEST_PROBLEM)
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return problem.codePointCount(0, problem.length()) > LONGEST_PROBLEM
        ? text.append('…').toString()
        : text.toString();
  }
}
