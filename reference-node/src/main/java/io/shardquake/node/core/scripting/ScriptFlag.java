package io.shardquake.node.core.scripting;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a script declares about itself, in the order in which FUNCTION LIST names it. */
enum ScriptFlag {
  NO_WRITES,
  ALLOW_OOM,
  ALLOW_STALE,
  NO_CLUSTER,
  ALLOW_CROSS_SLOT_KEYS;

  /** The name in a script. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<ScriptFlag> named(String word) {
    return Stream.of(values()).filter(flag -> flag.word().equals(word)).findFirst();
  }
}
