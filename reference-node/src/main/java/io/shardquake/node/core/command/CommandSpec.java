package io.shardquake.node.core.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
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
   * alike), as the server goes by them itself; none if the arguments cannot be right.
   */
  public List<Integer> keysIn(byte[][] arguments) {
    return OwnKeys.of(name, arguments).orElseGet(() -> keysInRange(arguments));
  }

  private List<Integer> keysInRange(byte[][] arguments) {
    int last = lastKey < 0 ? arguments.length + lastKey : lastKey;
    if (firstKey == 0 || last >= arguments.length) {
      return List.of();
    }
    List<Integer> found = new ArrayList<>();
    for (int i = firstKey; i <= last; i += keyStep) {
      found.add(i);
    }
    return found;
  }

  /**
   * A key among the arguments of a request.
   *
   * @param flags what is done with it, as in {@link KeySpec}; none if that is not known
   */
  public record Key(int index, List<String> flags) {
    public Key {
      flags = List.copyOf(flags);
    }
  }

  /**
   * The keys by the specifications, which clients are told; by the server's own knowledge if those
   * do not tell all, or the arguments do not fit them.
   */
  public List<Key> locate(byte[][] arguments) {
    List<Key> keys = new ArrayList<>();
    for (KeySpec keySpec : keySpecs) {
      List<Integer> found = new ArrayList<>();
      if (keySpec.isOfKeys() && !keySpec.locate(arguments, found)) {
        return OwnKeys.withFlags(name, arguments);
      }
      found.forEach(index -> keys.add(new Key(index, keySpec.flags())));
    }
    return keys;
  }

  /** Whether it names keys at all, so that the cluster has a say in where it runs. */
  public boolean hasKeys() {
    return !keySpecs.isEmpty();
  }

  /** Whether any of what it names are keys, and not channels. */
  public boolean hasProperKeys() {
    return keySpecs.stream().anyMatch(KeySpec::isOfKeys);
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
