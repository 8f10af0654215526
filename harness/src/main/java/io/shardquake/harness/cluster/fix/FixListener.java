package io.shardquake.harness.cluster.fix;

/** Told what a repair does, one line for people each. */
@FunctionalInterface
public interface FixListener {
  void line(String text);
}
