package io.shardquake.node.core.acl;

import java.nio.charset.StandardCharsets;

/**
 * Why a user may not run a command.
 *
 * @param object the command, or the argument that names the key or channel
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Denial(Reason reason, byte[] object) {
  /** Which permission is missing; the later the check, the further down. */
  enum Reason {
    COMMAND,
    KEY,
    AUTH,
    CHANNEL
  }

  String text() {
    return new String(object, StandardCharsets.ISO_8859_1);
  }

  /** What a script is told. */
  String messageInScript() {
    return switch (reason) {
      case COMMAND -> "The user executing the script can't run this command or subcommand";
      case KEY ->
          "The user executing the script can't access at least one of the keys mentioned in the"
              + " command arguments";
      default ->
          "The user executing the script can't publish to the channel mentioned in the command";
    };
  }

  /** The reply's text after its code. */
  String message() {
    return switch (reason) {
      case COMMAND -> "this user has no permissions to run the '" + text() + "' command";
      case KEY -> "this user has no permissions to access one of the keys used as arguments";
      case CHANNEL ->
          "this user has no permissions to access one of the channels used as arguments";
      case AUTH -> "authentication failed";
    };
  }
}
