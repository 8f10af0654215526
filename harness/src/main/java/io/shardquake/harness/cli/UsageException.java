package io.shardquake.harness.cli;

import java.io.Serial;

/** What the user asked for cannot be done. The message is one line: what is wrong, what to do. */
public final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
