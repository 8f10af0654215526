package io.shardquake.faults;

import io.shardquake.faults.plan.FaultKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which kinds of fault a target can inject here.
 *
 * @param missing for each kind that it cannot inject, and for each {@link
 *     io.shardquake.faults.plan.Mechanism} that it does not have, what is missing, in words
 */
public record Capabilities(Map<String, String> missing) {
  public Capabilities {
    missing = Collections.unmodifiableMap(new TreeMap<>(missing));
  }

  /** The same with one thing more that is missing, unless it was before. */
  public Capabilities lacking(String kindOrMechanism, String what) {
    Map<String, String> more = new TreeMap<>(missing);
    more.putIfAbsent(kindOrMechanism, what);
    return new Capabilities(more);
  }

  /** The same with one thing more, if something of it is missing. */
  public Capabilities with(String kindOrMechanism, Optional<String> lacking) {
    return lacking.map(what -> lacking(kindOrMechanism, what)).orElse(this);
  }

  /** What is missing to inject this kind; empty if nothing is. */
  public Optional<String> missingFor(FaultKind kind) {
    return Stream.concat(
            Stream.of(kind.name()), kind.needs().stream().map(mechanism -> mechanism.toString()))
        .flatMap(name -> Optional.ofNullable(missing.get(name)).stream())
        .findFirst();
  }
}
