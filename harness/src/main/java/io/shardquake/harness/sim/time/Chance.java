package io.shardquake.harness.sim.time;

import io.shardquake.workloads.generator.RandomSource;
import java.util.random.RandomGenerator;

/**
 * A {@link RandomSource} as the JDK's interface, for cores that draw from that. Every draw that
 * they make is defined here: what the JDK makes of the bits may change from one release to the
 * next.
 */
public final class Chance implements RandomGenerator {
  private final RandomSource source;

  public Chance(RandomSource source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }

  @Override
  public int nextInt() {
    return (int) (source.nextLong() >>> 32);
  }

  @Override
  public int nextInt(int bound) {
    return source.nextInt(bound);
  }

  @Override
  public double nextDouble() {
    return source.nextDouble();
  }

  @Override
  public boolean nextBoolean() {
    return source.nextLong() < 0;
  }
}
