package io.shardquake.workloads.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Seedable, forkable randomness: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014) with bounded draws by multiplication (Lemire, "Fast random
 * integer generation in an interval", 2019). Everything is fixed here rather than left to the JDK,
 * so that a seed means the same on every release. Not thread-safe.
 */
public final class RandomSource {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long origin;
  private long state;

  private RandomSource(long seed) {
    this.origin = seed;
    this.state = seed;
  }

  /** A source that gives the same draws for the same seed. */
  public static RandomSource seeded(long seed) {
    return new RandomSource(seed);
  }

  /**
   * A source of its own for one use. It depends on this one's seed and the label alone, not on how
   * much was drawn before, so that a new use elsewhere shifts nothing; the same label twice gives
   * the same draws twice.
   */
  public RandomSource fork(String label) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < label.length(); i++) {
      hash = (hash ^ label.charAt(i)) * FNV_PRIME;
    }
    return new RandomSource(mix(origin + GOLDEN_GAMMA) ^ mix(hash));
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * A number from 0 to {@code bound} - 1, unbiased.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("the bound of a draw must be positive: " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /** A number from 0 (included) to 1 (excluded), a multiple of 2<sup>-53</sup>. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** The same items in random order (Fisher–Yates). */
  public <T> List<T> shuffled(List<? extends T> items) {
    List<T> result = new ArrayList<>(items);
    for (int i = result.size() - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      T swapped = result.get(i);
      result.set(i, result.get(j));
      result.set(j, swapped);
    }
    return result;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
