package io.shardquake.faults.plan;

import io.shardquake.faults.Capabilities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which kinds of fault an experiment asks for: {@code kill,pause}, {@code none}, or {@code any} for
 * all that the target can inject.
 *
 * @param kinds in the order in which they were asked for, each once
 * @param any whether kinds that the target cannot inject are left out instead of refused
 */
public record FaultSelection(List<FaultKind> kinds, boolean any) {
  private static final List<String> USUAL = List.of("kill", "partition", "reshard");

  public FaultSelection {
    kinds = List.copyOf(kinds);
  }

  /**
   * What is left of a selection on a certain target.
   *
   * @param kinds that can be injected
   * @param skipped the others of an {@code any}, each with what is missing
   */
  public record Possible(List<FaultKind> kinds, Map<String, String> skipped) {
    public Possible {
      kinds = List.copyOf(kinds);
      skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }
  }

  /** What is planned where nothing is asked for; what the target cannot inject is left out. */
  public static FaultSelection usual(List<FaultKind> known) {
    return new FaultSelection(
        known.stream().filter(kind -> USUAL.contains(kind.name())).toList(), true);
  }

  /**
   * Reads the text of the option {@code --faults}.
   *
   * @param known the kinds that this build knows
   * @throws IllegalArgumentException with one line that says what is wrong and what is possible
   */
  public static FaultSelection parse(String text, List<FaultKind> known) {
    String words = text.strip();
    if (words.equals("none")) {
      return new FaultSelection(List.of(), false);
    }
    if (words.equals("any")) {
      return new FaultSelection(
          known.stream().filter(kind -> kind.use() == FaultKind.Use.ANY).toList(), true);
    }
    List<FaultKind> kinds = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      FaultKind kind =
          known.stream()
              .filter(candidate -> candidate.name().equals(word.strip()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(unknown(word.strip(), known)));
      if (!kinds.contains(kind)) {
        kinds.add(kind);
      }
    }
    return new FaultSelection(kinds, false);
  }

  /**
   * Leaves out what a target cannot inject.
   *
   * @throws IllegalArgumentException with one line, if kinds were asked for by name that the target
   *     cannot inject: which, and what is missing
   */
  public Possible on(Capabilities capabilities) {
    List<FaultKind> possible = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (FaultKind kind : kinds) {
      capabilities
          .missingFor(kind)
          .ifPresentOrElse(what -> missing.put(kind.name(), what), () -> possible.add(kind));
    }
    if (!any && !missing.isEmpty()) {
      String list =
          missing.entrySet().stream()
              .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
              .collect(Collectors.joining("; "));
      throw new IllegalArgumentException(
          "this target cannot inject " + list + "; leave it out, or ask for --faults any");
    }
    return new Possible(possible, missing);
  }

  static String unknown(String kind, List<FaultKind> known) {
    String names = known.stream().map(FaultKind::name).collect(Collectors.joining(", "));
    return "unknown kind of fault '" + kind + "' (there are " + names + ")";
  }
}
