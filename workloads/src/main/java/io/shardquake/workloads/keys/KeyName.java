package io.shardquake.workloads.keys;

import io.shardquake.checkers.history.Value;

/** The keys of requests as Redis has them. */
public final class KeyName {
  private KeyName() {}

  /**
   * The name of a key.
   *
   * @throws IllegalArgumentException if it is not text
   */
  public static String of(Value key) {
    if (key instanceof Value.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("a key is text, not " + key);
  }

  /** One of several Redis keys that make up an object and share the slot of its key. */
  public static String within(Value key, String part) {
    return "{" + of(key) + "}" + part;
  }
}
