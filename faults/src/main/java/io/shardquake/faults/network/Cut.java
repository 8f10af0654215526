package io.shardquake.faults.network;

/** One node no longer hears another. */
public record Cut(String from, String to) {
  /** The other no longer hears the one. */
  public Cut reversed() {
    return new Cut(to, from);
  }
}
