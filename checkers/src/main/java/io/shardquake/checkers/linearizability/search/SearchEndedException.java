package io.shardquake.checkers.linearizability.search;

/** A search must end undecided; the message is the cause. */
final class SearchEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SearchEndedException(String cause) {
    super(cause, null, false, false);
  }
}
