package io.shardquake.workloads.cluster;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a CLUSTER SLOTS reply: slots, and the master that the answering node believes to
 * serve them.
 */
record SlotAssignment(SlotRange slots, Endpoint master) {
  /**
   * Reads a CLUSTER SLOTS reply. Entries that are malformed or name no usable master are left out.
   *
   * @param answering who sent it: an absent or empty host in the reply means the same host
   */
  static List<SlotAssignment> parse(Reply reply, Endpoint answering) {
    List<SlotAssignment> assignments = new ArrayList<>();
    if (reply instanceof Reply.Array entries) {
      for (Reply entry : entries.items()) {
        if (entry instanceof Reply.Array parts
            && parts.items().size() >= 3
            && parts.items().get(2) instanceof Reply.Array master) {
          addEntry(parts.items().get(0), parts.items().get(1), master, answering, assignments);
        }
      }
    }
    return assignments;
  }

  private static void addEntry(
      Reply first,
      Reply last,
      Reply.Array master,
      Endpoint answering,
      List<SlotAssignment> assignments) {
    if (first instanceof Reply.Int from
        && last instanceof Reply.Int to
        && master.items().size() >= 2
        && master.items().get(1) instanceof Reply.Int port
        && 0 <= from.number()
        && from.number() <= to.number()
        && to.number() < SlotRange.SLOTS) {
      String host = master.items().get(0) instanceof Reply.Text string ? string.text() : "";
      Endpoint.parse(host + ":" + port.number(), answering.host())
          .map(
              endpoint ->
                  new SlotAssignment(
                      new SlotRange((int) from.number(), (int) to.number()), endpoint))
          .ifPresent(assignments::add);
    }
  }
}
