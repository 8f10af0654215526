package io.shardquake.faults.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads selectors. */
final class SelectorText {
  private static final Pattern NODES = Pattern.compile("nodes? (.*)", Pattern.DOTALL);
  private static final Pattern OF =
      Pattern.compile("(master|replica|shard)-of\\((slot|key) (.*)\\)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("n?([0-9]{1,9})");

  private SelectorText() {}

  static Selector parse(String text) {
    String words = text.strip();
    for (Selector.Group group : Selector.Group.values()) {
      if (group.toString().equals(words)) {
        return group;
      }
    }
    Matcher nodes = NODES.matcher(words);
    if (nodes.matches()) {
      return new Selector.Nodes(numbers(nodes.group(1)));
    }
    Matcher of = OF.matcher(words);
    if (of.matches()) {
      return new Selector.Related(relation(of.group(1)), place(of.group(2), of.group(3)));
    }
    throw new IllegalArgumentException(
        "not a selector: '" + text + "' (one of " + vocabulary() + ")");
  }

  private static Selector.Relation relation(String word) {
    return switch (word) {
      case "master" -> Selector.Relation.MASTER;
      case "replica" -> Selector.Relation.REPLICA;
      default -> Selector.Relation.SHARD;
    };
  }

  /** A key is taken as it stands, blanks and brackets included, so that any key can be named. */
  private static Place place(String what, String which) {
    return what.equals("key") ? new Place.Key(which) : new Place.Slot(number(which.strip()));
  }

  private static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      numbers.add(number(item.strip()));
    }
    return numbers;
  }

  private static int number(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalArgumentException("not a number: '" + text + "' in a selector");
    }
    return Integer.parseInt(number.group(1));
  }

  private static String vocabulary() {
    return Stream.concat(
            Stream.of("node 3", "nodes 1,2"),
            Stream.concat(
                Arrays.stream(Selector.Group.values()).map(Selector.Group::toString),
                Stream.of("master-of(slot 42)", "replica-of(key foo)", "shard-of(slot 42)")))
        .collect(Collectors.joining(", "));
  }
}
