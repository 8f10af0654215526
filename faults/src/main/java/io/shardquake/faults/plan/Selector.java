package io.shardquake.faults.plan;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whom a fault strikes, in words that are resolved when it fires. Its text ({@code toString}) and
 * {@link #parse(String)} are inverse.
 *
 * <table>
 * <caption>The words</caption>
 * <tr><td>{@code node 3}, {@code nodes 1,2}</td><td>by their place in the cluster, from 1</td></tr>
 * <tr><td>{@code random-node}, {@code random-master}, {@code random-replica}, {@code random-shard}
 *   </td><td>drawn among those that live, with the fault's own draw; a shard is a master with its
 *   replicas</td></tr>
 * <tr><td>{@code master-of(slot 42)}, {@code master-of(key foo)}</td><td>who serves it</td></tr>
 * <tr><td>{@code replica-of(…)}, {@code shard-of(…)}</td><td>one of its replicas, drawn; its master
 *   and all its replicas</td></tr>
 * <tr><td>{@code all-masters}, {@code all-replicas}, {@code every-node}</td><td></td></tr>
 * <tr><td>{@code minority}, {@code majority}</td><td>of the masters that own slots, drawn: as many
 *   as may be lost without losing the majority; as few as make one</td></tr>
 * </table>
 */
public sealed interface Selector {

  /** Selectors that are one word. */
  enum Group implements Selector {
    RANDOM_NODE("random-node"),
    RANDOM_MASTER("random-master"),
    RANDOM_REPLICA("random-replica"),
    RANDOM_SHARD("random-shard"),
    ALL_MASTERS("all-masters"),
    ALL_REPLICAS("all-replicas"),
    EVERY_NODE("every-node"),
    MINORITY("minority"),
    MAJORITY("majority");

    private final String word;

    Group(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Certain nodes.
   *
   * @param numbers places in the cluster's fixed order, from 1; ascending, at least one, each once
   */
  record Nodes(List<Integer> numbers) implements Selector {
    public Nodes {
      numbers = List.copyOf(new TreeSet<>(numbers));
      if (numbers.isEmpty() || numbers.get(0) < 1) {
        throw new IllegalArgumentException("nodes are numbered from 1, not " + numbers);
      }
    }

    /** One node. */
    public static Nodes node(int number) {
      return new Nodes(List.of(number));
    }

    @Override
    public String toString() {
      String list = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
      return (numbers.size() == 1 ? "node " : "nodes ") + list;
    }
  }

  /** What a node is to a place in the key space. */
  enum Relation {
    MASTER("master-of"),
    REPLICA("replica-of"),
    SHARD("shard-of");

    private final String word;

    Relation(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Nodes by what they are to a place in the key space. */
  record Related(Relation relation, Place place) implements Selector {
    @Override
    public String toString() {
      return relation + "(" + place + ")";
    }
  }

  /** What there is to say about this selector, whichever it is. */
  default <T> T match(
      Function<Nodes, T> nodes, Function<Group, T> group, Function<Related, T> related) {
    if (this instanceof Nodes named) {
      return nodes.apply(named);
    }
    return this instanceof Group word ? group.apply(word) : related.apply((Related) this);
  }

  /**
   * Reads a selector.
   *
   * @throws IllegalArgumentException with one line that says what is wrong and what is possible
   */
  static Selector parse(String text) {
    return SelectorText.parse(text);
  }
}
