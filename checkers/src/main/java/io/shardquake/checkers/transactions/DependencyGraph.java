package io.shardquake.checkers.transactions;

import java.util.Arrays;

/**
 * Which transaction must come before which, and why. Nodes from 0 to {@link #transactions()} - 1
 * are transactions; those above stand for many edges at once, from each transaction that leads to
 * the node to each that the node leads to. Immutable.
 */
final class DependencyGraph {
  /** By what transactions are ordered besides what they saw. Each includes those before it. */
  enum Order {
    /** By nothing. */
    DATA,
    /** Transactions of one process come in its order. */
    PROCESS,
    /** What returned before another was called comes before it. */
    REALTIME
  }

  /** The next append to a list after another one. */
  static final byte WW = 1;

  /** A read of what was appended. */
  static final byte WR = 2;

  /** An append after what was read. */
  static final byte RW = 4;

  /** The next transaction of the same process. */
  static final byte PROCESS = 8;

  /** A transaction that was called after another one had returned. */
  static final byte REALTIME = 16;

  /** From a node that stands for many edges on: of the kind that led there. */
  static final byte LINK = 32;

  private final int transactions;
  private final int[] start;
  private final int[] target;
  private final byte[] kind;
  private final int[] detail;

  private DependencyGraph(Builder from) {
    transactions = from.transactions;
    start = new int[from.nodes + 1];
    target = new int[from.size];
    kind = new byte[from.size];
    detail = new int[from.size];
    for (int edge = 0; edge < from.size; edge++) {
      start[from.source[edge] + 1]++;
    }
    for (int node = 0; node < from.nodes; node++) {
      start[node + 1] += start[node];
    }
    int[] next = start.clone();
    for (int edge = 0; edge < from.size; edge++) {
      int to = next[from.source[edge]]++;
      target[to] = from.target[edge];
      kind[to] = from.kind[edge];
      detail[to] = from.detail[edge];
    }
  }

  /** The kinds of edges that an order has. */
  static int kinds(Order order) {
    return switch (order) {
      case DATA -> WW | WR | RW | LINK;
      case PROCESS -> WW | WR | RW | PROCESS | LINK;
      case REALTIME -> WW | WR | RW | PROCESS | REALTIME | LINK;
    };
  }

  int transactions() {
    return transactions;
  }

  int nodes() {
    return start.length - 1;
  }

  /** The first of a node's edges, which are numbered one after another. */
  int from(int node) {
    return start[node];
  }

  /** One more than the last of a node's edges. */
  int to(int node) {
    return start[node + 1];
  }

  int target(int edge) {
    return target[edge];
  }

  byte kind(int edge) {
    return kind[edge];
  }

  /** The element that an edge is about, if it is about one. */
  int detail(int edge) {
    return detail[edge];
  }

  /** Collects edges. */
  static final class Builder {
    private final int transactions;
    private int nodes;
    private int size;
    private int[] source = new int[64];
    private int[] target = new int[64];
    private byte[] kind = new byte[64];
    private int[] detail = new int[64];

    Builder(int transactions) {
      this.transactions = transactions;
      this.nodes = transactions;
    }

    /** A node that stands for many edges. */
    int node() {
      return nodes++;
    }

    /** Adds an edge, unless it leads to where it comes from. */
    void add(int from, int to, byte edgeKind, int element) {
      if (from == to) {
        return;
      }
      if (size == source.length) {
        int capacity = size + (size >> 1);
        source = Arrays.copyOf(source, capacity);
        target = Arrays.copyOf(target, capacity);
        kind = Arrays.copyOf(kind, capacity);
        detail = Arrays.copyOf(detail, capacity);
      }
      source[size] = from;
      target[size] = to;
      kind[size] = edgeKind;
      detail[size++] = element;
    }

    DependencyGraph build() {
      return new DependencyGraph(this);
    }
  }
}
