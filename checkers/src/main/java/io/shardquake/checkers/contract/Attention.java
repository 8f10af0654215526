package io.shardquake.checkers.contract;

import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether nodes were heard without a pause. On a machine that is too busy to answer for seconds
 * nobody can be held to a time: what looks like a broken bound may be a process that did not run.
 */
final class Attention {
  private static final long PAUSE = 1_500_000_000;

  private final Map<String, List<Long>> heard = new TreeMap<>();

  Attention(TopologyLog log) {
    for (TopologySample sample : log.samples()) {
      List<Long> times = heard.computeIfAbsent(sample.observer(), node -> new ArrayList<>());
      if (sample.answered()) {
        times.add(sample.timeNanos());
      }
    }
  }

  /** Whether the node answered again and again, from the one time to the other. */
  boolean steady(String node, long from, long until) {
    long last = from;
    for (long time : heard.getOrDefault(node, List.of())) {
      if (time >= from && time <= until) {
        if (time - last > PAUSE) {
          return false;
        }
        last = time;
      }
    }
    return until - last <= PAUSE;
  }

  /** Whether all nodes but some did. */
  boolean allSteady(List<String> except, long from, long until) {
    return heard.keySet().stream()
        .filter(node -> !except.contains(node))
        .allMatch(node -> steady(node, from, until));
  }
}
