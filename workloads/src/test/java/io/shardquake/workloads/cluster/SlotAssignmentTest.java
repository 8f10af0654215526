package io.shardquake.workloads.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotAssignmentTest {
  private static final Endpoint ANSWERING = new Endpoint("10.0.0.9", 7009);

  @Test
  void takesTheFirstNodeOfEachEntryForTheMaster() {
    Reply reply =
        array(
            entry(0, 5460, node("10.0.0.1", 7001), node("10.0.0.4", 7004)),
            entry(5461, 16383, node("10.0.0.2", 7002)));
    assertThat(SlotAssignment.parse(reply, ANSWERING))
        .containsExactly(
            new SlotAssignment(
                new SlotRange(0, 5460),
                new Endpoint("10.0.0.1", 7001),
                List.of(new Endpoint("10.0.0.4", 7004))),
            new SlotAssignment(
                new SlotRange(5461, 16383), new Endpoint("10.0.0.2", 7002), List.of()));
  }

  @Test
  void takesAnAbsentOrEmptyHostForTheAnsweringOne() {
    Reply absent = array(Reply.Absent.ABSENT, new Reply.Int(7001));
    Reply reply = array(entry(0, 1, absent), entry(2, 3, node("", 7002)));
    assertThat(SlotAssignment.parse(reply, ANSWERING))
        .extracting(SlotAssignment::master)
        .containsExactly(new Endpoint("10.0.0.9", 7001), new Endpoint("10.0.0.9", 7002));
  }

  @Test
  void leavesOutWhatItCannotUse() {
    Reply reply =
        array(
            entry(5, 4, node("10.0.0.1", 7001)),
            entry(0, 16384, node("10.0.0.1", 7001)),
            entry(-1, 3, node("10.0.0.1", 7001)),
            entry(0, 1, node("?", 7001)),
            entry(0, 1, node("10.0.0.1", 0)),
            entry(0, 1, array()),
            array(new Reply.Int(0), new Reply.Int(1)),
            array(new Reply.Int(0), Reply.Text.of("1"), node("10.0.0.1", 7001)),
            Reply.OK,
            entry(7, 7, node("10.0.0.1", 7001)));
    assertThat(SlotAssignment.parse(reply, ANSWERING))
        .extracting(SlotAssignment::slots)
        .containsExactly(new SlotRange(7, 7));
    assertThat(SlotAssignment.parse(new Reply.Failure("ERR no"), ANSWERING)).isEmpty();
  }

  static Reply entry(long first, long last, Reply... nodes) {
    Reply[] parts = new Reply[nodes.length + 2];
    parts[0] = new Reply.Int(first);
    parts[1] = new Reply.Int(last);
    System.arraycopy(nodes, 0, parts, 2, nodes.length);
    return array(parts);
  }

  static Reply node(String host, int port) {
    return array(Reply.Text.of(host), new Reply.Int(port), Reply.Text.of("an-id"), array());
  }

  static Reply array(Reply... items) {
    return new Reply.Array(List.of(items));
  }
}
