package io.shardquake.node.core.story;

import java.util.List;

/** What CLUSTER NODES says, without times and addresses. */
final class ClusterView {
  private ClusterView() {}

  /** The lines of a reply to CLUSTER NODES in which ports stand for IDs, shortened and sorted. */
  static List<String> of(List<String> nodes) {
    return nodes.stream()
        .filter(line -> !line.isBlank())
        .map(line -> List.of(line.split(" ", -1)))
        .filter(words -> words.size() >= 8)
        .map(ClusterView::line)
        .sorted()
        .toList();
  }

  private static String line(List<String> words) {
    String master = words.get(3).equals("-") ? "" : " of " + words.get(3);
    String slots =
        words.size() == 8 ? "" : ", slots " + String.join(" ", words.subList(8, words.size()));
    return words.get(0) + " " + words.get(2) + master + ", epoch " + words.get(6) + slots;
  }
}
