package io.shardquake.node.core.acl;

import io.shardquake.node.core.command.CommandTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A user with passwords and permissions. Not thread-safe. */
final class User {
  private final String name;
  private final CommandTable table;
  private final Set<String> passwords = new LinkedHashSet<>();
  private final List<Selector> selectors = new ArrayList<>();
  private boolean enabled;
  private boolean noPassword;
  private boolean sanitizes;
  private boolean skipsSanitizing;

  /**
   * A user that may do nothing.
   *
   * @param allChannels whether channels are nevertheless allowed ({@code acl-pubsub-default})
   */
  User(String name, CommandTable table, boolean allChannels) {
    this.name = name;
    this.table = table;
    selectors.add(new Selector(new CommandRules(table), allChannels));
  }

  User copy() {
    User copy = new User(name, table, false);
    copy.passwords.addAll(passwords);
    copy.selectors.clear();
    selectors.forEach(selector -> copy.selectors.add(selector.copy()));
    copy.enabled = enabled;
    copy.noPassword = noPassword;
    copy.sanitizes = sanitizes;
    copy.skipsSanitizing = skipsSanitizing;
    return copy;
  }

  String name() {
    return name;
  }

  boolean isEnabled() {
    return enabled;
  }

  boolean needsNoPassword() {
    return noPassword;
  }

  Set<String> passwords() {
    return passwords;
  }

  List<Selector> selectors() {
    return selectors;
  }

  private Selector root() {
    return selectors.get(0);
  }

  boolean accepts(String password) {
    return noPassword || passwords.contains(hash(password));
  }

  /** Applies one rule of ACL SETUSER. */
  void apply(String rule, boolean allChannels) throws BadRule {
    switch (rule.toLowerCase(Locale.ROOT)) {
      case "on" -> enabled = true;
      case "off" -> enabled = false;
      case "nopass" -> {
        noPassword = true;
        passwords.clear();
      }
      case "resetpass" -> {
        noPassword = false;
        passwords.clear();
      }
      case "skip-sanitize-payload" -> {
        skipsSanitizing = true;
        sanitizes = false;
      }
      case "sanitize-payload" -> {
        sanitizes = true;
        skipsSanitizing = false;
      }
      case "clearselectors" -> selectors.subList(1, selectors.size()).clear();
      case "reset" -> reset(allChannels);
      default -> applyOther(rule, allChannels);
    }
  }

  private void reset(boolean allChannels) {
    enabled = false;
    noPassword = false;
    passwords.clear();
    sanitizes = true;
    skipsSanitizing = false;
    selectors.clear();
    selectors.add(new Selector(new CommandRules(table), allChannels));
  }

  private void applyOther(String rule, boolean allChannels) throws BadRule {
    if (rule.isEmpty()) {
      return;
    }
    switch (rule.charAt(0)) {
      case '>' -> addPassword(hash(rule.substring(1)));
      case '#' -> addPassword(checkedHash(rule.substring(1)));
      case '<' -> removePassword(hash(rule.substring(1)));
      case '!' -> removePassword(checkedHash(rule.substring(1)));
      case '(' -> {
        if (!rule.endsWith(")")) {
          throw BadRule.syntax();
        }
        Selector selector = new Selector(new CommandRules(table), allChannels);
        for (String each : rule.substring(1, rule.length() - 1).strip().split(" +", -1)) {
          if (!each.isEmpty()) {
            selector.apply(each);
          }
        }
        selectors.add(selector);
      }
      default -> root().apply(rule);
    }
  }

  private void addPassword(String hash) {
    passwords.add(hash);
    noPassword = false;
  }

  private void removePassword(String hash) throws BadRule {
    if (!passwords.remove(hash)) {
      throw new BadRule("The password you are trying to remove from the user does not exist");
    }
  }

  private static String checkedHash(String hash) throws BadRule {
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new BadRule(
          "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
              + " characters");
    }
    return hash;
  }

  private static String hash(String password) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(password.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Its flags in words, in Redis's order. */
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add(enabled ? "on" : "off");
    if (noPassword) {
      flags.add("nopass");
    }
    if (skipsSanitizing) {
      flags.add("skip-sanitize-payload");
    }
    if (sanitizes) {
      flags.add("sanitize-payload");
    }
    return flags;
  }

  /** All of it as a line of a configuration file. */
  String text() {
    StringBuilder text = new StringBuilder("user ").append(name);
    flags().forEach(flag -> text.append(' ').append(flag));
    passwords.forEach(hash -> text.append(" #").append(hash));
    text.append(' ').append(root().text());
    for (Selector selector : selectors.subList(1, selectors.size())) {
      text.append(" (").append(selector.text()).append(')');
    }
    return text.toString();
  }
}
