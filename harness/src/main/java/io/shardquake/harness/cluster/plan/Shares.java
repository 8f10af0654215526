package io.shardquake.harness.cluster.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Divides a whole number in given proportions, without losing anything to rounding. */
final class Shares {
  private Shares() {}

  /**
   * Largest remainders: each share is its exact value rounded down, and what is left goes one by
   * one to the shares that lost most by that, the first of equals first.
   *
   * @param total what to divide
   * @param weights proportions, not negative, not all 0
   */
  static List<Integer> of(int total, List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double[] exact = weights.stream().mapToDouble(weight -> total * weight / sum).toArray();
    List<Integer> shares =
        new ArrayList<>(DoubleStream.of(exact).mapToObj(share -> (int) share).toList());
    int left = total - shares.stream().mapToInt(Integer::intValue).sum();
    IntStream.range(0, exact.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> (int) exact[i] - exact[i]))
        .limit(left)
        .forEach(i -> shares.set(i, shares.get(i) + 1));
    return shares;
  }
}
