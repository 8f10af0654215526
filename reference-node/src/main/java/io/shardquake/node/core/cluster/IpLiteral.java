package io.shardquake.node.core.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses given as numbers; names are never looked up here. */
final class IpLiteral {
  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpLiteral() {}

  /** The address in its usual spelling; empty if the text is none. */
  static Optional<String> normalise(String text) {
    Matcher v4 = V4.matcher(text);
    if (v4.matches()) {
      StringBuilder normal = new StringBuilder();
      for (int i = 1; i <= 4; i++) {
        int part = Integer.parseInt(v4.group(i));
        if (part > 255) {
          return Optional.empty();
        }
        normal.append(i > 1 ? "." : "").append(part);
      }
      return Optional.of(normal.toString());
    }
    return V6.matcher(text).matches() && text.length() <= 45
        ? Optional.of(text.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
