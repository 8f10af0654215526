package io.shardquake.node.core.acl;

import io.shardquake.node.core.keyspace.GlobPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A set of permissions: commands, with the keys and channels that they may use. Not thread-safe.
 */
final class Selector {
  private final List<KeyPattern> keys = new ArrayList<>();
  private final List<byte[]> channels = new ArrayList<>();
  private final CommandRules commands;
  private boolean allKeys;
  private boolean allChannels;

  /** Keys that may be read, written or both. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by its bytes where it matters.
  private record KeyPattern(byte[] pattern, boolean reads, boolean writes) {
    String text() {
      String glob = new String(pattern, StandardCharsets.ISO_8859_1);
      return (reads && writes ? "~" : reads ? "%R~" : "%W~") + glob;
    }
  }

  Selector(CommandRules commands, boolean allChannels) {
    this.commands = commands;
    this.allChannels = allChannels;
  }

  Selector copy() {
    Selector copy = new Selector(commands.copy(), allChannels);
    copy.keys.addAll(keys);
    copy.channels.addAll(channels);
    copy.allKeys = allKeys;
    return copy;
  }

  CommandRules commands() {
    return commands;
  }

  /** Applies a rule about commands, keys or channels. */
  void apply(String rule) throws BadRule {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "allkeys", "~*" -> {
        allKeys = true;
        keys.clear();
      }
      case "resetkeys" -> {
        allKeys = false;
        keys.clear();
      }
      case "allchannels", "&*" -> {
        allChannels = true;
        channels.clear();
      }
      case "resetchannels" -> {
        allChannels = false;
        channels.clear();
      }
      default -> applyPattern(rule);
    }
  }

  private void applyPattern(String rule) throws BadRule {
    if (rule.startsWith("~") || rule.startsWith("%")) {
      addKeys(rule);
    } else if (rule.startsWith("&")) {
      if (allChannels) {
        throw new BadRule(
            "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does"
                + " not have any effect. Try 'resetchannels' to start with an empty list of"
                + " channels");
      }
      requireNoSpaces(rule);
      byte[] pattern = rule.substring(1).getBytes(StandardCharsets.ISO_8859_1);
      if (channels.stream().noneMatch(known -> Arrays.equals(known, pattern))) {
        channels.add(pattern);
      }
    } else {
      commands.apply(rule);
    }
  }

  private static void requireNoSpaces(String rule) throws BadRule {
    if (rule.chars().anyMatch(c -> c == 0 || c == ' ' || (c >= '\t' && c <= '\r'))) {
      throw BadRule.syntax();
    }
  }

  private void addKeys(String rule) throws BadRule {
    if (allKeys) {
      throw new BadRule(
          "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not"
              + " have any effect. Try 'resetkeys' to start with an empty list of patterns");
    }
    int tilde = rule.indexOf('~');
    String rights = tilde < 0 ? "" : rule.substring(0, tilde).toUpperCase(Locale.ROOT);
    boolean known = rights.isEmpty() || rights.matches("%[RW]+");
    if (tilde < 0 || !known) {
      throw BadRule.syntax();
    }
    requireNoSpaces(rule);
    boolean reads = rights.isEmpty() || rights.contains("R");
    boolean writes = rights.isEmpty() || rights.contains("W");
    byte[] pattern = rule.substring(tilde + 1).getBytes(StandardCharsets.ISO_8859_1);
    if (reads && writes && pattern.length == 1 && pattern[0] == '*') {
      allKeys = true;
      keys.clear();
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      KeyPattern present = keys.get(i);
      if (Arrays.equals(present.pattern(), pattern)) {
        keys.set(i, new KeyPattern(pattern, present.reads() || reads, present.writes() || writes));
        return;
      }
    }
    keys.add(new KeyPattern(pattern, reads, writes));
  }

  /** Whether a key may be used so. */
  boolean allowsKey(byte[] key, boolean reads, boolean writes) {
    if (allKeys) {
      return true;
    }
    for (KeyPattern each : keys) {
      boolean suffices = (!reads || each.reads()) && (!writes || each.writes());
      if (suffices && GlobPattern.of(each.pattern()).matches(key)) {
        return true;
      }
    }
    return false;
  }

  boolean allowsAllKeys() {
    return allKeys;
  }

  boolean allowsAllChannels() {
    return allChannels;
  }

  /** Whether a channel may be used, or a pattern of channels, which has to be allowed literally. */
  boolean allowsChannel(byte[] channel, boolean isPattern) {
    if (allChannels) {
      return true;
    }
    for (byte[] pattern : channels) {
      boolean allowed =
          isPattern ? Arrays.equals(pattern, channel) : GlobPattern.of(pattern).matches(channel);
      if (allowed) {
        return true;
      }
    }
    return false;
  }

  /** The patterns of keys, as rules. */
  String keysText() {
    return allKeys ? "~*" : String.join(" ", keys.stream().map(KeyPattern::text).toList());
  }

  /** The patterns of channels, as rules. */
  String channelsText() {
    return allChannels ? "&*" : String.join(" ", channels.stream().map(Selector::channel).toList());
  }

  private static String channel(byte[] pattern) {
    return "&" + new String(pattern, StandardCharsets.ISO_8859_1);
  }

  /** All of it, as rules. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (!keysText().isEmpty()) {
      text.append(keysText()).append(' ');
    }
    if (!allChannels) {
      text.append("resetchannels ");
    }
    if (!channelsText().isEmpty()) {
      text.append(channelsText()).append(' ');
    }
    return text.append(commands.text()).toString();
  }
}
