package io.shardquake.node.core.resp;

/**
 * A client broke the protocol; the connection must be closed after the message was sent. The
 * message is the reply without its leading {@code -ERR }; empty if the connection is to be closed
 * without a word.
 */
public final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolViolation(String message) {
    super(message, null, false, false);
  }

  /** The text of the reply; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
