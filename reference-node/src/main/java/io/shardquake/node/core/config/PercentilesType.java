package io.shardquake.node.core.config;

import java.util.ArrayList;
import java.util.List;

/** Percentiles that INFO and LATENCY HISTOGRAM show; none if empty. */
record PercentilesType() implements Directive.Type {
  private static final double MOST = 100;

  @Override
  public String canonical(String value) {
    List<String> percentiles = new ArrayList<>();
    for (String word : value.strip().split("\\s+", -1)) {
      if (!word.isEmpty()) {
        percentiles.add(percentile(word));
      }
    }
    return String.join(" ", percentiles);
  }

  private static String percentile(String word) {
    if (!word.matches("[-+]?[0-9]*\\.?[0-9]+")) {
      throw new IllegalArgumentException("Invalid latency-tracking-info-percentiles parameters");
    }
    double number = Double.parseDouble(word);
    if (number < 0 || number > MOST) {
      throw new IllegalArgumentException(
          "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
    }
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
