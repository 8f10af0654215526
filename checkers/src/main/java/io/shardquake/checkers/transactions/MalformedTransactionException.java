package io.shardquake.checkers.transactions;

/**
 * A transaction that is not what {@link TransactionChecker} takes; the message says which and why.
 */
final class MalformedTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedTransactionException(String message) {
    super(message);
  }
}
