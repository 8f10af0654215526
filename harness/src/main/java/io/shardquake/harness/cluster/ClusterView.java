package io.shardquake.harness.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one node says about the cluster: its CLUSTER NODES reply.
 *
 * @param entries one for each node that it knows, in the order of the reply
 */
public record ClusterView(List<NodeEntry> entries) {
  public ClusterView {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a CLUSTER NODES reply of any server from Redis 3.0 on.
   *
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  public static ClusterView parse(String reply) {
    return new ClusterView(
        reply.lines().filter(line -> !line.isBlank()).map(NodeLine::parse).toList());
  }

  /**
   * The answering node's entry about itself.
   *
   * @throws IllegalArgumentException if the reply has none
   */
  public NodeEntry myself() {
    return entries.stream()
        .filter(NodeEntry::isMyself)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("CLUSTER NODES names no node as myself"));
  }

  /** The entry about the node with this identifier. */
  public Optional<NodeEntry> entry(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** Who owns which slots; equal texts mean equal slot maps, whichever node was asked. */
  public String slotSignature() {
    return entries.stream()
        .filter(entry -> !entry.slots().isEmpty())
        .map(entry -> entry.id() + entry.slots())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** Who replicates whom; comparable like {@link #slotSignature}. */
  public String replicationSignature() {
    return entries.stream()
        .map(entry -> entry.id() + "<" + entry.master().orElse("-"))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
