package io.shardquake.node.core.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of commands that say by their options, or by a number, which arguments are keys: where
 * Redis has functions of its own ({@code getkeys_proc}), which it also goes by if a {@link KeySpec}
 * fails. What they find in a request with a mistake is what clients see of it.
 */
final class OwnKeys {
  private static final List<String> READ = List.of("RO", "access");
  private static final List<String> OVERWRITTEN = List.of("OW", "update");

  private OwnKeys() {}

  /** Numbers of the arguments that are keys; empty if the command has no function of its own. */
  static Optional<List<Integer>> of(String command, byte[][] arguments) {
    return switch (command) {
      case "set", "bitfield", "sort_ro" -> Optional.of(List.of(1));
      case "memory|usage" -> Optional.of(List.of(2));
      case "sintercard", "zunion", "zinter", "zdiff", "zintercard", "lmpop", "zmpop" ->
          Optional.of(counted(arguments, 0, 1));
      case "zunionstore", "zinterstore", "zdiffstore" -> Optional.of(counted(arguments, 1, 2));
      case "eval", "eval_ro", "evalsha", "evalsha_ro", "fcall", "fcall_ro", "blmpop", "bzmpop" ->
          Optional.of(counted(arguments, 0, 2));
      case "sort" -> Optional.of(ofSort(arguments));
      case "migrate" -> Optional.of(ofMigrate(arguments));
      case "georadius", "georadiusbymember" -> Optional.of(ofGeoRadius(arguments));
      case "xread", "xreadgroup" -> Optional.of(ofStreams(arguments));
      default -> Optional.empty();
    };
  }

  /**
   * The same with what is done with each key, as far as Redis tells; none if it has no function.
   */
  static List<CommandSpec.Key> withFlags(String command, byte[][] arguments) {
    List<Integer> found = of(command, arguments).orElse(List.of());
    List<CommandSpec.Key> keys = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      keys.add(new CommandSpec.Key(found.get(i), flags(command, i)));
    }
    return keys;
  }

  private static List<String> flags(String command, int number) {
    return switch (command) {
      case "sort" -> number == 0 ? READ : OVERWRITTEN;
      case "georadius", "georadiusbymember" -> number == 0 ? List.of() : OVERWRITTEN;
      case "migrate" -> List.of("RW", "access", "delete");
      case "sort_ro", "xread", "xreadgroup" -> READ;
      default -> List.of();
    };
  }

  /**
   * Keys that follow their number.
   *
   * @param destination the argument that is a key, too; 0 if none is
   * @param at the argument that is the number
   */
  private static List<Integer> counted(byte[][] arguments, int destination, int at) {
    int first = at + 1;
    int count = at < arguments.length ? number(arguments[at]) : 0;
    List<Integer> found = new ArrayList<>();
    if (count < 1 || count > arguments.length - first) {
      return found;
    }
    for (int i = first; i < first + count; i++) {
      found.add(i);
    }
    if (destination > 0) {
      found.add(destination);
    }
    return found;
  }

  /** As {@code atoi} reads it: the digits it begins with, and the lower 32 bits of their value. */
  private static int number(byte[] word) {
    String text = new String(word, StandardCharsets.ISO_8859_1).stripLeading();
    int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int digits = end;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == digits) {
      return 0;
    }
    try {
      return (int) Long.parseLong(text.substring(0, end));
    } catch (NumberFormatException tooMany) {
      return text.startsWith("-") ? 0 : -1;
    }
  }

  private static String word(byte[] argument) {
    return new String(argument, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  /** SORT's STORE may stand anywhere among the options, the last one counting. */
  private static List<Integer> ofSort(byte[][] arguments) {
    int destination = 0;
    for (int i = 2; i < arguments.length; i++) {
      switch (word(arguments[i])) {
        case "limit" -> i += 2;
        case "get", "by" -> i++;
        case "store" -> destination = i + 1 < arguments.length ? i + 1 : destination;
        default -> {}
      }
    }
    return destination > 0 ? List.of(1, destination) : List.of(1);
  }

  /** MIGRATE's form with KEYS leaves its key argument empty. */
  private static List<Integer> ofMigrate(byte[][] arguments) {
    for (int i = 6; i < arguments.length; i++) {
      switch (word(arguments[i])) {
        case "auth" -> i++;
        case "auth2" -> i += 2;
        case "keys" -> {
          return arguments[3].length > 0 ? List.of(3) : rest(i + 1, arguments.length);
        }
        default -> {}
      }
    }
    return List.of(3);
  }

  private static List<Integer> rest(int from, int end) {
    List<Integer> found = new ArrayList<>();
    for (int i = from; i < end; i++) {
      found.add(i);
    }
    return found;
  }

  private static List<Integer> ofGeoRadius(byte[][] arguments) {
    int destination = 0;
    for (int i = 5; i + 1 < arguments.length; i++) {
      if (word(arguments[i]).equals("store") || word(arguments[i]).equals("storedist")) {
        destination = ++i;
      }
    }
    return destination > 0 ? List.of(1, destination) : List.of(1);
  }

  private static List<Integer> ofStreams(byte[][] arguments) {
    int i = 1;
    while (i < arguments.length) {
      switch (word(arguments[i])) {
        case "block", "count" -> i += 2;
        case "group" -> i += 3;
        case "noack" -> i++;
        case "streams" -> {
          int words = arguments.length - i - 1;
          return words % 2 == 0 ? rest(i + 1, i + 1 + words / 2) : List.of();
        }
        default -> {
          return List.of();
        }
      }
    }
    return List.of();
  }
}
