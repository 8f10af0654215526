package io.shardquake.harness.cli.lab;

import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What somebody in the lab wants. */
sealed interface LabOrder {
  /** How long a fault lasts that is to last until somebody heals it. */
  Duration UNTIL_HEALED = Duration.ofHours(24);

  Map<String, String> SHORT =
      Map.of(
          "k",
          "kill",
          "p",
          "pause",
          "x",
          "partition",
          "r",
          "reshard",
          "f",
          "failover",
          "h",
          "heal",
          "s",
          "status",
          "q",
          "quit",
          "?",
          "help");

  Pattern NODES = Pattern.compile("n?[0-9]{1,9}(,n?[0-9]{1,9})*");
  Pattern PARAMETER = Pattern.compile("([a-z][a-z-]*)=(\\S+)");

  /** Break something. */
  record Break(String kind, Selector on, Duration duration, SortedMap<String, String> parameters)
      implements LabOrder {}

  /** Orders that are one word. */
  enum Simple implements LabOrder {
    /** End all faults. */
    HEAL,
    /** Tell the state of everything. */
    STATUS,
    HELP,
    QUIT,
    /** An empty line, or a comment. */
    NOTHING
  }

  /** Let time pass before the next order. */
  record Pass(Duration time) implements LabOrder {}

  /** Wait until the cluster is whole, but not longer than this. */
  record AwaitWhole(Duration limit) implements LabOrder {}

  /**
   * Reads an order.
   *
   * @param kinds the kinds of fault that can be ordered
   * @throws IllegalArgumentException with one line for the user
   */
  static LabOrder parse(String line, List<FaultKind> kinds) {
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+", -1)));
    String first = words.remove(0);
    if (first.isEmpty() || first.startsWith("#")) {
      return Simple.NOTHING;
    }
    String verb = SHORT.getOrDefault(first, first);
    return switch (verb) {
      case "heal" -> Simple.HEAL;
      case "status" -> Simple.STATUS;
      case "help" -> Simple.HELP;
      case "quit", "exit" -> Simple.QUIT;
      case "wait" -> new Pass(time(words, "wait"));
      case "await" -> new AwaitWhole(time(words, "await"));
      default -> breaking(kind(verb, kinds), words);
    };
  }

  private static Duration time(List<String> words, String verb) {
    if (words.size() != 1) {
      throw new IllegalArgumentException("say how long: " + verb + " 5s");
    }
    return DurationText.parse(words.get(0));
  }

  private static FaultKind kind(String name, List<FaultKind> kinds) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no order is called '"
                        + name
                        + "' (there are heal, status, wait, await, quit, and the faults "
                        + kinds.stream().map(FaultKind::name).collect(Collectors.joining(", "))
                        + ")"));
  }

  private static LabOrder breaking(FaultKind kind, List<String> words) {
    SortedMap<String, String> parameters = new TreeMap<>();
    Duration duration = usual(kind);
    boolean more = true;
    while (more && !words.isEmpty()) {
      int last = words.size() - 1;
      var parameter = PARAMETER.matcher(words.get(last));
      if (parameter.matches()) {
        parameters.put(parameter.group(1), parameter.group(2));
        words.remove(last);
      } else if (last > 0 && words.get(last - 1).equals("for")) {
        duration = DurationText.parse(words.remove(last));
        words.remove(last - 1);
      } else {
        more = false;
      }
    }
    return new Break(kind.name(), on(kind, String.join(" ", words)), duration, parameters);
  }

  /** What is done to processes and links lasts; what an administrator does is done. */
  private static Duration usual(FaultKind kind) {
    boolean lasts =
        kind.length() == FaultKind.Length.TOGETHER
            && List.of(Mechanism.PROCESSES, Mechanism.LINK_PROXY).containsAll(kind.needs());
    return lasts ? UNTIL_HEALED : Duration.ZERO;
  }

  private static Selector on(FaultKind kind, String text) {
    if (text.isEmpty()) {
      return kind.aims().get(0).on();
    }
    return Selector.parse(NODES.matcher(text).matches() ? "nodes " + text : text);
  }
}
