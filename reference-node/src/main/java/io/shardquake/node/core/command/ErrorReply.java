package io.shardquake.node.core.command;

/** Ends a command with an error reply. The message is the whole text after the leading minus. */
public final class ErrorReply extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ErrorReply(String text) {
    super(text, null, false, false);
  }

  /** The text of the reply; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public static ErrorReply syntax() {
    return new ErrorReply("ERR syntax error");
  }

  public static ErrorReply wrongType() {
    return new ErrorReply("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  public static ErrorReply notAnInteger() {
    return new ErrorReply("ERR value is not an integer or out of range");
  }

  public static ErrorReply notAFloat() {
    return new ErrorReply("ERR value is not a valid float");
  }

  /** For a time of expiry that is not to come, or too far; the command by its full name. */
  public static ErrorReply invalidExpireTime(String command) {
    return new ErrorReply("ERR invalid expire time in '" + command + "' command");
  }

  public static ErrorReply noSuchKey() {
    return new ErrorReply("ERR no such key");
  }

  /**
   * For arguments that a subcommand does not take, though their number may be right.
   *
   * @param given the subcommand as it was asked for, one char a byte
   * @param container the command that it is part of, in upper case
   */
  public static ErrorReply unmatched(String given, String container) {
    return new ErrorReply(
        "ERR unknown subcommand or wrong number of arguments for '"
            + given
            + "'. Try "
            + container
            + " HELP.");
  }

  /** For a command given by its full name ({@code config|get}). */
  public static ErrorReply wrongNumberOfArguments(String command) {
    return new ErrorReply("ERR wrong number of arguments for '" + command + "' command");
  }
}
