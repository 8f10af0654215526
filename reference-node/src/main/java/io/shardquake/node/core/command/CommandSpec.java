package io.shardquake.node.core.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a command before it runs: a line of commands.txt, and its handler. */
public final class CommandSpec {
  /** The order in which COMMAND tells categories. */
  private static final List<String> CATEGORY_ORDER =
      List.of(
          "@keyspace",
          "@read",
          "@write",
          "@set",
          "@sortedset",
          "@list",
          "@hash",
          "@string",
          "@bitmap",
          "@hyperloglog",
          "@geo",
          "@stream",
          "@pubsub",
          "@admin",
          "@fast",
          "@slow",
          "@blocking",
          "@dangerous",
          "@connection",
          "@transaction",
          "@scripting");

  private final String name;
  private final int arity;
  private final EnumSet<CommandFlag> flags;
  private final int firstKey;
  private final int lastKey;
  private final int keyStep;
  private final List<KeySpec> keySpecs;
  private final Map<String, CommandSpec> subcommands = new TreeMap<>();
  private final List<String> groupCategories = new ArrayList<>();
  private final CommandStatistics statistics;
  private @Nullable CommandHandler handler;

  private CommandSpec(
      String name,
      int arity,
      EnumSet<CommandFlag> flags,
      int firstKey,
      int lastKey,
      int keyStep,
      List<KeySpec> keySpecs,
      CommandStatistics statistics) {
    this.statistics = statistics;
    this.name = name;
    this.arity = arity;
    this.flags = flags;
    this.firstKey = firstKey;
    this.lastKey = lastKey;
    this.keyStep = keyStep;
    this.keySpecs = keySpecs;
  }

  /** The same command with other flags; what is known of its runs is kept in one place. */
  CommandSpec with(Set<CommandFlag> otherFlags) {
    EnumSet<CommandFlag> copy = EnumSet.noneOf(CommandFlag.class);
    copy.addAll(otherFlags);
    CommandSpec variant =
        new CommandSpec(name, arity, copy, firstKey, lastKey, keyStep, keySpecs, statistics);
    variant.groupCategories.addAll(groupCategories);
    variant.handler = handler;
    return variant;
  }

  /** Parses a line of commands.txt. */
  static CommandSpec parse(String line) {
    String[] words = line.strip().split(" +", -1);
    EnumSet<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
    words[2].chars().filter(c -> c != '-').forEach(c -> flags.add(CommandFlag.ofLetter((char) c)));
    int next = 3;
    int[] keys = new int[3];
    if (words.length > next && words[next].indexOf(':') < 0) {
      String[] numbers = words[next++].split(",", 3);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = Integer.parseInt(numbers[i]);
      }
    }
    List<KeySpec> specs = new ArrayList<>();
    for (; next < words.length; next++) {
      specs.add(KeySpec.parse(words[next]));
    }
    return new CommandSpec(
        words[0],
        Integer.parseInt(words[1]),
        flags,
        keys[0],
        keys[1],
        keys[2],
        specs,
        new CommandStatistics());
  }

  /** The same command and subcommands, which nobody handles and that have never run. */
  CommandSpec unhandled() {
    CommandSpec copy =
        new CommandSpec(
            name, arity, flags, firstKey, lastKey, keyStep, keySpecs, new CommandStatistics());
    copy.groupCategories.addAll(groupCategories);
    subcommands.forEach((word, sub) -> copy.subcommands.put(word, sub.unhandled()));
    return copy;
  }

  /** Lower case; a subcommand is {@code container|sub}. */
  public String name() {
    return name;
  }

  /** Number of arguments, name included; negative means at least that many. */
  public int arity() {
    return arity;
  }

  /** Whether a request of so many arguments, name included, is right. */
  public boolean accepts(int arguments) {
    return arity >= 0 ? arguments == arity : arguments >= -arity;
  }

  public boolean is(CommandFlag flag) {
    return flags.contains(flag);
  }

  public Set<CommandFlag> flags() {
    return EnumSet.copyOf(flags);
  }

  public int firstKey() {
    return firstKey;
  }

  public int lastKey() {
    return lastKey;
  }

  public int keyStep() {
    return keyStep;
  }

  public List<KeySpec> keySpecs() {
    return keySpecs;
  }

  /**
   * Numbers of the arguments that are keys (or, for sharded pub/sub, channels, which are hashed
   * alike), in the order of the specifications.
   *
   * @throws ErrorReply if a key count among the arguments is impossible
   */
  public List<Integer> keysIn(byte[][] arguments) {
    List<Integer> found = new ArrayList<>();
    for (KeySpec keySpec : keySpecs) {
      keySpec.locate(arguments, found);
    }
    if (name.equals("sort")) {
      addDestinationOfSort(arguments, found);
    }
    // MIGRATE's form with KEYS leaves its key argument empty, which is no key then.
    if (found.size() > 1 && hasPlaceholder() && arguments[found.get(0)].length == 0) {
      found.remove(0);
    }
    return found;
  }

  /** SORT's STORE may stand anywhere among the options, the last one counting. */
  private static void addDestinationOfSort(byte[][] arguments, List<Integer> found) {
    int destination = 0;
    for (int i = 2; i + 1 < arguments.length; i++) {
      switch (new String(arguments[i], StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT)) {
        case "limit" -> i += 2;
        case "get", "by" -> i++;
        case "store" -> destination = ++i;
        default -> {}
      }
    }
    if (destination > 0) {
      found.add(destination);
    }
  }

  private boolean hasPlaceholder() {
    return keySpecs.size() > 1 && keySpecs.get(1).flags().contains("incomplete");
  }

  /**
   * A key among the arguments of a request.
   *
   * @param by the specification that found it
   */
  public record Key(int index, KeySpec by) {}

  /** As {@link #keysIn}, with the specification that each was found by. */
  public List<Key> locate(byte[][] arguments) {
    List<Key> keys = new ArrayList<>();
    for (KeySpec keySpec : keySpecs) {
      List<Integer> found = new ArrayList<>();
      keySpec.locate(arguments, found);
      found.forEach(index -> keys.add(new Key(index, keySpec)));
    }
    if (keys.size() > 1 && hasPlaceholder() && arguments[keys.get(0).index()].length == 0) {
      keys.remove(0);
    }
    if (name.equals("sort")) {
      List<Integer> found = new ArrayList<>();
      addDestinationOfSort(arguments, found);
      found.forEach(index -> keys.add(new Key(index, keySpecs.get(keySpecs.size() - 1))));
    }
    return keys;
  }

  /** Whether it names keys at all, so that the cluster has a say in where it runs. */
  public boolean hasKeys() {
    return !keySpecs.isEmpty();
  }

  public Collection<CommandSpec> subcommands() {
    return subcommands.values();
  }

  boolean isContainer() {
    return !subcommands.isEmpty();
  }

  @Nullable CommandSpec subcommand(String lowerCaseName) {
    return subcommands.get(lowerCaseName);
  }

  void add(CommandSpec subcommand) {
    String full = subcommand.name();
    subcommands.put(full.substring(full.indexOf('|') + 1), subcommand);
  }

  void addCategory(String category) {
    groupCategories.add(category);
  }

  void handledBy(CommandHandler by) {
    this.handler = by;
  }

  /** How often it ran, and how long. */
  public CommandStatistics statistics() {
    return statistics;
  }

  /** Whether this node can run it. */
  boolean isHandled() {
    return handler != null;
  }

  CommandHandler handler() {
    if (handler == null) {
      throw new IllegalStateException(name + " has no handler");
    }
    return handler;
  }

  /** All categories in COMMAND's order. */
  public static List<String> allCategories() {
    return CATEGORY_ORDER;
  }

  /** ACL categories in COMMAND's order: those that follow from flags, and the group's. */
  public List<String> categories() {
    List<String> all = new ArrayList<>();
    boolean scripting = groupCategories.contains("@scripting");
    if (is(CommandFlag.WRITE) && !scripting) {
      all.add("@write");
    }
    if (is(CommandFlag.READONLY) && !scripting) {
      all.add("@read");
    }
    groupCategories.stream().filter(c -> !c.equals("@dangerous")).forEach(all::add);
    if (is(CommandFlag.PUBSUB) && !all.contains("@pubsub")) {
      all.add("@pubsub");
    }
    if (is(CommandFlag.ADMIN)) {
      all.add("@admin");
    }
    all.add(is(CommandFlag.FAST) ? "@fast" : "@slow");
    if (is(CommandFlag.BLOCKING)) {
      all.add("@blocking");
    }
    if (is(CommandFlag.ADMIN) || groupCategories.contains("@dangerous")) {
      all.add("@dangerous");
    }
    all.sort(Comparator.comparingInt(CATEGORY_ORDER::indexOf));
    return all;
  }
}
