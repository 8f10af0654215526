package io.shardquake.harness.target;

import java.io.Serial;

/**
 * A cluster could not be started. The message is for the user: what is wrong and what to do, on its
 * first line; more lines only quote what a server said.
 */
public final class TargetException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public TargetException(String message) {
    super(message);
  }

  public TargetException(String message, Throwable cause) {
    super(message, cause);
  }
}
