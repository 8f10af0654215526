package io.shardquake.workloads.cluster;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a CLUSTER SLOTS reply.
 *
 * @param slots what it is about
 * @param master the node that the answering node believes to serve them
 * @param replicas its replicas, those that can be used
 */
record SlotAssignment(SlotRange slots, Endpoint master, List<Endpoint> replicas) {
  private static final int FIRST_REPLICA = 3;

  SlotAssignment {
    replicas = List.copyOf(replicas);
  }

  /**
   * Reads a CLUSTER SLOTS reply. Entries that are malformed or name no usable master are left out.
   *
   * @param answering who sent it: an absent or empty host in the reply means the same host
   */
  static List<SlotAssignment> parse(Reply reply, Endpoint answering) {
    List<SlotAssignment> assignments = new ArrayList<>();
    if (reply instanceof Reply.Array entries) {
      for (Reply entry : entries.items()) {
        if (entry instanceof Reply.Array parts && parts.items().size() >= FIRST_REPLICA) {
          parse(parts.items(), answering).ifPresent(assignments::add);
        }
      }
    }
    return assignments;
  }

  private static Optional<SlotAssignment> parse(List<Reply> parts, Endpoint answering) {
    if (parts.get(0) instanceof Reply.Int from
        && parts.get(1) instanceof Reply.Int to
        && 0 <= from.number()
        && from.number() <= to.number()
        && to.number() < SlotRange.SLOTS) {
      SlotRange slots = new SlotRange((int) from.number(), (int) to.number());
      List<Endpoint> replicas =
          parts.subList(FIRST_REPLICA, parts.size()).stream()
              .flatMap(node -> endpoint(node, answering).stream())
              .toList();
      return endpoint(parts.get(FIRST_REPLICA - 1), answering)
          .map(master -> new SlotAssignment(slots, master, replicas));
    }
    return Optional.empty();
  }

  private static Optional<Endpoint> endpoint(Reply node, Endpoint answering) {
    if (node instanceof Reply.Array parts
        && parts.items().size() >= 2
        && parts.items().get(1) instanceof Reply.Int port) {
      String host = parts.items().get(0) instanceof Reply.Text string ? string.text() : "";
      return Endpoint.parse(host + ":" + port.number(), answering.host());
    }
    return Optional.empty();
  }
}
