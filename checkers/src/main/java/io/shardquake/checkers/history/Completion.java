package io.shardquake.checkers.history;

/**
 * The end of an operation as its process saw it. An operation that never completed has none and
 * counts as {@link Info}.
 */
public sealed interface Completion {
  /** The three ways in which an operation can end. */
  enum Type {
    OK,
    FAIL,
    INFO
  }

  /** Which way it ended. */
  Type type();

  /** Position among all events of the history, unique, greater than the invocation's. */
  long index();

  /** Since the start of the run; not before the invocation's. */
  long timeNanos();

  /** Where it went. */
  Attribution attribution();

  /** It happened, at some instant between invocation and completion, and gave {@code value}. */
  record Ok(long index, long timeNanos, Value value, Attribution attribution)
      implements Completion {
    @Override
    public Type type() {
      return Type.OK;
    }
  }

  /** It certainly did not happen and never will. {@code error} is an entry of the error table. */
  record Fail(long index, long timeNanos, String error, Attribution attribution)
      implements Completion {
    @Override
    public Type type() {
      return Type.FAIL;
    }
  }

  /** Nobody knows: it may have happened, and may still at any later time. */
  record Info(long index, long timeNanos, String error, Attribution attribution)
      implements Completion {
    @Override
    public Type type() {
      return Type.INFO;
    }
  }
}
