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

  /** The text of {@code --list-faults}: what there is, and what keeps it from being used here. */
  public String listing(Capabilities capabilities) {
    int width = kinds().stream().mapToInt(kind -> kind.name().length()).max().orElse(0);
    String indent = " ".repeat(width + 2);
    StringBuilder text = new StringBuilder();
    for (FaultKind kind : kinds()) {
      text.append(kind.name()).append(" ".repeat(width + 2 - kind.name().length()));
      text.append(kind.summary()).append('\n');
      kind.parameters()
          .forEach(
              (name, meaning) ->
                  text.append(indent).append(name).append(": ").append(meaning).append('\n'));
      capabilities
          .missingFor(kind.name())
          .ifPresent(what -> text.append(indent).append("not here: ").append(what).append('\n'));
    }
    return text.toString();
  }
}
