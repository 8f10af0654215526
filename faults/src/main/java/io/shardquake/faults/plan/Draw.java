package io.shardquake.faults.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Drawing lots with a number instead of a random source, so that the outcome depends on this number
 * and on the candidates' names only: not on who drew before, nor on the order of the candidates.
 *
 * <p>It is rendezvous hashing (Thaler and Ravishankar, 1996): each candidate is ranked by a hash of
 * number and name. A candidate that leaves or joins therefore changes the choice only if it was, or
 * becomes, the chosen one, which keeps a replayed plan close to its original when the cluster took
 * another turn.
 */
public final class Draw {
  private Draw() {}

  /** The candidates in the order in which this number draws them. */
  public static List<String> order(long number, List<String> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparingLong((String name) -> mix(number ^ hash(name)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The draw of a fault that was written down without one: a function of the fault alone. */
  static long derived(String kind, Selector on, Duration at) {
    return mix(hash(kind + ' ' + on + ' ' + DurationText.print(at)));
  }

  /** FNV-1a, 64 bits, over UTF-16 code units. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
