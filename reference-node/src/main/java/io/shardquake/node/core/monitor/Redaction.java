package io.shardquake.node.core.monitor;

import io.shardquake.node.core.command.CommandSpec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Arguments as others may see them: without passwords. */
final class Redaction {
  private static final byte[] REDACTED = "(redacted)".getBytes(StandardCharsets.US_ASCII);

  private Redaction() {}

  /** The arguments themselves, or a copy in which secrets are hidden. */
  static byte[][] of(CommandSpec spec, byte[][] arguments) {
    return switch (spec.name()) {
      case "auth" -> hide(arguments, 1);
      case "acl|setuser" -> hide(arguments, 2);
      case "hello" -> hideAfter(arguments, "AUTH", 2);
      case "migrate" -> hideAfter(hideAfter(arguments, "AUTH", 1), "AUTH2", 2);
      case "config|set" -> hideSettings(arguments);
      default -> arguments;
    };
  }

  private static byte[][] hide(byte[][] arguments, int from) {
    byte[][] hidden = arguments.clone();
    for (int i = from; i < hidden.length; i++) {
      hidden[i] = REDACTED;
    }
    return hidden;
  }

  private static byte[][] hideAfter(byte[][] arguments, String word, int count) {
    byte[][] hidden = arguments.clone();
    for (int i = 1; i < arguments.length; i++) {
      if (text(arguments[i]).equalsIgnoreCase(word)) {
        for (int j = i + 1; j <= i + count && j < hidden.length; j++) {
          hidden[j] = REDACTED;
        }
      }
    }
    return hidden;
  }

  private static byte[][] hideSettings(byte[][] arguments) {
    byte[][] hidden = arguments.clone();
    for (int i = 2; i + 1 < arguments.length; i += 2) {
      switch (text(arguments[i]).toLowerCase(Locale.ROOT)) {
        case "requirepass", "masterauth", "masteruser", "tls-key-file-pass" ->
            hidden[i + 1] = REDACTED;
        default -> {}
      }
    }
    return hidden;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
