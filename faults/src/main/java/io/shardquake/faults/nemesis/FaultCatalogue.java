package io.shardquake.faults.nemesis;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.FaultKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of fault that can be asked for, each with its injector, in a fixed order. Immutable.
 */
public final class FaultCatalogue {
  private static final int LINE_WIDTH = 90;

  private final Map<String, Injector> injectors = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two have the same name
   */
  public FaultCatalogue(List<Injector> injectors) {
    for (Injector injector : injectors) {
      if (this.injectors.put(injector.kind().name(), injector) != null) {
        throw new IllegalArgumentException(
            "there are two kinds of fault called " + injector.kind().name());
      }
    }
  }

  /** All kinds. */
  public List<FaultKind> kinds() {
    return injectors.values().stream().map(Injector::kind).toList();
  }

  /** How to inject faults of this kind, if there is such a kind. */
  public Optional<Injector> injector(String kind) {
    return Optional.ofNullable(injectors.get(kind));
  }

  /**
   * The text of {@code --list-faults}: what there is, what it may break, and what keeps it from
   * being used here.
   */
  public String listing(Capabilities capabilities) {
    StringBuilder text = new StringBuilder();
    for (FaultKind kind : kinds()) {
      text.append(kind.name()).append(": ").append(kind.summary()).append('\n');
      capabilities.missingFor(kind).ifPresent(what -> appendIndented("NOT HERE: " + what, text));
      if (kind.use() == FaultKind.Use.BY_NAME) {
        appendIndented("ONLY BY NAME: 'any' does not plan it.", text);
      }
      appendIndented(kind.mayBreak(), text);
      kind.parameters()
          .forEach(
              (name, parameter) ->
                  appendIndented(
                      name + ": " + parameter.meaning() + " (" + parameter.usual() + ")", text));
    }
    return text.toString();
  }

  private static void appendIndented(String prose, StringBuilder text) {
    StringBuilder line = new StringBuilder(" ");
    for (String word : prose.split(" ", -1)) {
      if (line.length() + 1 + word.length() > LINE_WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
