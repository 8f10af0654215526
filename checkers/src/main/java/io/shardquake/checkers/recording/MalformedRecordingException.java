package io.shardquake.checkers.recording;

import java.io.IOException;

/** A recording that cannot be what its writer meant. Its message is one line and stands alone. */
public final class MalformedRecordingException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;

  /**
   * Names the place and the problem.
   *
   * @param source the file, or what else was read
   * @param line where, from 1
   * @param problem what is wrong there, in one line
   */
  public MalformedRecordingException(String source, long line, String problem) {
    super(source + ", line " + line + ": " + problem);
    this.line = line;
  }

  /** Where the problem was seen, from 1. */
  public long line() {
    return line;
  }
}
