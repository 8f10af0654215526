package io.shardquake.node.core.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Members in the order of their scores, then of their bytes: a skip list whose upper links know how
 * many members they pass over (W. Pugh, "A Skip List Cookbook", section 3.4), so that ranks and
 * ranges cost logarithmic time. The lowest links pass over one member each and three nodes in four
 * have no others, which keeps them small. Not thread-safe.
 */
final class SkipList {
  private static final int HIGHEST = 32;
  private static final byte[] NO_BYTES = {};
  private static final Node[] NO_LINKS = {};
  private static final int[] NO_SPANS = {};

  /** One member. */
  static final class Node {
    private final byte[] member;
    private final double score;
    private @Nullable Node next;
    private @Nullable Node previous;
    // Links of level 1 and up; spans[i] counts the steps of level 0 from here to up[i].
    private final @Nullable Node[] up;
    private final int[] spans;

    private Node(byte[] member, double score, int level) {
      this.member = member;
      this.score = score;
      this.up = level == 1 ? NO_LINKS : new Node[level - 1];
      this.spans = level == 1 ? NO_SPANS : new int[level - 1];
    }

    byte[] member() {
      return member;
    }

    double score() {
      return score;
    }

    @Nullable Node next() {
      return next;
    }

    /** The one before; null at the first. */
    @Nullable Node previous() {
      return previous;
    }
  }

  /** Tells on which side of a border a node lies. */
  @FunctionalInterface
  interface Border {
    /** Whether the node comes before the border; once false, false for all that follow. */
    boolean isAfter(Node node);
  }

  private final Node head = new Node(NO_BYTES, 0, HIGHEST);
  private int level = 1;
  private int size;
  private long randomState;

  SkipList(long seed) {
    this.randomState = seed * 0x9E3779B97F4A7C15L + 1;
  }

  int size() {
    return size;
  }

  /** Adds a member that is not there yet. */
  Node insert(byte[] member, double score) {
    Node[] path = new Node[HIGHEST];
    int[] ranks = new int[HIGHEST];
    descend(node -> compare(node, member, score) < 0, path, ranks);
    int height = drawLevel();
    for (int i = level; i < height; i++) {
      path[i] = head;
      ranks[i] = 0;
      head.spans[i - 1] = size;
    }
    level = Math.max(level, height);
    Node added = new Node(member, score, height);
    int rank = ranks[0];
    for (int i = 1; i < height; i++) {
      Node before = path[i];
      added.up[i - 1] = before.up[i - 1];
      before.up[i - 1] = added;
      added.spans[i - 1] = before.spans[i - 1] - (rank - ranks[i]);
      before.spans[i - 1] = rank - ranks[i] + 1;
    }
    for (int i = height; i < level; i++) {
      path[i].spans[i - 1]++;
    }
    Node before = path[0];
    Node after = before.next;
    added.next = after;
    added.previous = before == head ? null : before;
    before.next = added;
    if (after != null) {
      after.previous = added;
    }
    size++;
    return added;
  }

  /** Removes a node that is in the list. */
  void remove(Node node) {
    Node[] path = new Node[HIGHEST];
    descend(n -> compare(n, node.member, node.score) < 0, path, new int[HIGHEST]);
    unlink(node, path);
  }

  private void unlink(Node node, Node[] path) {
    for (int i = 1; i < level; i++) {
      Node before = path[i];
      if (before.up[i - 1] == node) {
        before.spans[i - 1] += node.spans[i - 1] - 1;
        before.up[i - 1] = node.up[i - 1];
      } else {
        before.spans[i - 1]--;
      }
    }
    Node after = node.next;
    path[0].next = after;
    if (after != null) {
      after.previous = node.previous;
    }
    while (level > 1 && head.up[level - 2] == null) {
      level--;
    }
    size--;
  }

  /** How many members come before a border. */
  int countBefore(Border border) {
    int[] ranks = new int[HIGHEST];
    descend(border, new Node[HIGHEST], ranks);
    return ranks[0];
  }

  /** How many members come before a node. */
  int rank(Node wanted) {
    return countBefore(node -> compare(node, wanted.member, wanted.score) < 0);
  }

  /** The node of a rank, which must be in {@code [0, size)}. */
  Node at(int rank) {
    Node node = head;
    int passed = -1;
    for (int i = level - 1; i >= 1; i--) {
      Node ahead = node.up[i - 1];
      while (ahead != null && passed + node.spans[i - 1] <= rank) {
        passed += node.spans[i - 1];
        node = ahead;
        ahead = node.up[i - 1];
      }
    }
    while (passed < rank) {
      Node ahead = node.next;
      if (ahead == null) {
        throw new IndexOutOfBoundsException(rank + " of " + size);
      }
      node = ahead;
      passed++;
    }
    return node;
  }

  /**
   * Finds for each level the last node before a border, and its rank. What a level has found to lie
   * beyond the border is not looked at again by those below: looking at a node costs a miss of the
   * cache.
   */
  private void descend(Border border, Node[] path, int[] ranks) {
    Node node = head;
    Node beyond = null;
    int rank = 0;
    for (int i = level - 1; i >= 1; i--) {
      Node ahead = node.up[i - 1];
      while (ahead != beyond && border.isAfter(ahead)) {
        rank += node.spans[i - 1];
        node = ahead;
        ahead = node.up[i - 1];
      }
      beyond = ahead;
      path[i] = node;
      ranks[i] = rank;
    }
    Node ahead = node.next;
    while (ahead != beyond && border.isAfter(ahead)) {
      rank++;
      node = ahead;
      ahead = node.next;
    }
    path[0] = node;
    ranks[0] = rank;
  }

  private static int compare(Node node, byte[] member, double score) {
    if (node.score != score) {
      return node.score < score ? -1 : 1;
    }
    return Arrays.compareUnsigned(node.member, member);
  }

  /** Each level holds a quarter of the one below. */
  private int drawLevel() {
    int drawn = 1;
    while (drawn < HIGHEST && (next() & 3) == 0) {
      drawn++;
    }
    return drawn;
  }

  private long next() {
    randomState ^= randomState << 13;
    randomState ^= randomState >>> 7;
    randomState ^= randomState << 17;
    return randomState >>> 33;
  }
}
