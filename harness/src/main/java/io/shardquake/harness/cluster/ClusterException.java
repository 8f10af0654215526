package io.shardquake.harness.cluster;

import java.io.Serial;

/** Something asked of a cluster could not be done. The message is one line for the user. */
public final class ClusterException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
