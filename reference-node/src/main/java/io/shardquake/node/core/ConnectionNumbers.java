package io.shardquake.node.core;

/** Numbers for the connections that the node itself opens: odd, rising. Not thread-safe. */
public final class ConnectionNumbers {
  private long next = 1;

  public long next() {
    long number = next;
    next += 2;
    return number;
  }
}
