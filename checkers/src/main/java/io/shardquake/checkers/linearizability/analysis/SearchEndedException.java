package io.shardquake.checkers.linearizability.analysis;

/** An analysis must end undecided; the message is the cause. */
public final class SearchEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SearchEndedException(String cause) {
    super(cause, null, false, false);
  }
}
