package io.shardquake.node.core.persistence;

import java.util.ArrayList;
import java.util.List;

/** To save once so many seconds have passed since the last time and so many changes have come. */
record SavePoint(long seconds, long changes) {
  /** The save points of the directive {@code save}; what is no pair of numbers counts for none. */
  static List<SavePoint> parse(String directive) {
    List<SavePoint> points = new ArrayList<>();
    String[] words = directive.strip().split("\\s+", -1);
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].matches("[0-9]{1,9}") && words[i + 1].matches("[0-9]{1,9}")) {
        points.add(new SavePoint(Long.parseLong(words[i]), Long.parseLong(words[i + 1])));
      }
    }
    return points;
  }
}
