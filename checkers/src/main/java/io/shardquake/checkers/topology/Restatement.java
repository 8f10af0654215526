package io.shardquake.checkers.topology;

/**
 * Tells from the texts alone whether a node only says again what it said before. Most samples do,
 * and comparing texts is far cheaper than reading them. What it cannot tell counts as something
 * new.
 */
final class Restatement {
  /** Of a line of CLUSTER NODES, the columns that say when pings and pongs came, from 0. */
  private static final int FIRST_TIME = 4;

  private static final int LAST_TIME = 5;

  /** Counters of messages, which are at the end of CLUSTER INFO and grow all the time. */
  private static final String COUNTERS = "\ncluster_stats_";

  private Restatement() {}

  /** Whether two samples that were answered differ at most in times and counters. */
  static boolean is(TopologySample one, TopologySample other) {
    return sameInfo(one.info(), other.info()) && sameNodes(one.nodes(), other.nodes());
  }

  private static boolean sameInfo(String one, String other) {
    int end = one.indexOf(COUNTERS);
    return end >= 0
        ? other.startsWith(COUNTERS, end) && one.regionMatches(0, other, 0, end)
        : one.equals(other);
  }

  private static boolean sameNodes(String one, String other) {
    int i = 0;
    int j = 0;
    int column = 0;
    while (i < one.length() && j < other.length()) {
      if (column >= FIRST_TIME && column <= LAST_TIME) {
        i = afterDigits(one, i);
        j = afterDigits(other, j);
        if (i == one.length() || j == other.length()) {
          break;
        }
      }
      char next = one.charAt(i++);
      if (next != other.charAt(j++)) {
        return false;
      }
      column = next == '\n' ? 0 : next == ' ' ? column + 1 : column;
    }
    return i == one.length() && j == other.length();
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
