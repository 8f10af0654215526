package io.shardquake.faults;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which kinds of fault a target can inject here.
 *
 * @param missing for each kind that it cannot inject, what is missing, in words
 */
public record Capabilities(Map<String, String> missing) {
  public Capabilities {
    missing = java.util.Collections.unmodifiableMap(new TreeMap<>(missing));
  }

  /** What is missing to inject this kind; empty if nothing is. */
  public Optional<String> missingFor(String kind) {
    return Optional.ofNullable(missing.get(kind));
  }
}
