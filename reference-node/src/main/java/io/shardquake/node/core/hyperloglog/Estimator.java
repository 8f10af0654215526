package io.shardquake.node.core.hyperloglog;

/**
 * The cardinality that the registers of a HyperLogLog stand for (Otmar Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches", 2017, algorithm 6).
 */
final class Estimator {
  private static final double ALPHA_INFINITY = 0.7213475204444817;
  private static final int Q = 64 - HyperLogLog.INDEX_BITS;

  private Estimator() {}

  /** The estimate, given how many registers have each value. */
  static long of(int[] histogram) {
    double m = HyperLogLog.REGISTERS;
    double z = m * tau((m - histogram[Q + 1]) / m);
    for (int value = Q; value >= 1; value--) {
      z += histogram[value];
      z *= 0.5;
    }
    z += m * sigma(histogram[0] / m);
    return Math.round(ALPHA_INFINITY * m * m / z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (before != z);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (before != z);
    return z / 3;
  }
}
