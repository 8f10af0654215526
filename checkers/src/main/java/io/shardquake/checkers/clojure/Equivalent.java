package io.shardquake.checkers.clojure;

import clojure.lang.Util;
import org.jspecify.annotations.Nullable;

/** Something of Clojure's as a key for Java's collections, equal where Clojure's {@code =} says. */
record Equivalent(@Nullable Object value) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Equivalent that && Util.equiv(value, that.value);
  }

  @Override
  public int hashCode() {
    return Util.hasheq(value);
  }
}
