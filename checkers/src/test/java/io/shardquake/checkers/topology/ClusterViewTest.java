package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterViewTest {
  private static final String INFO =
      """
      cluster_state:ok\r
      cluster_slots_assigned:16384\r
      cluster_slots_ok:16380\r
      cluster_slots_pfail:3\r
      cluster_slots_fail:1\r
      cluster_known_nodes:6\r
      cluster_size:3\r
      cluster_current_epoch:9\r
      cluster_my_epoch:2\r
      cluster_stats_messages_sent:17\r
      """;
  private static final String NODES =
      """
      07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004,host-4 slave e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected
      67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 ::1:30002@31002 master,fail? - 1426238316000 1426238316232 2 disconnected 5461-10922
      e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001,,shard-id=69bc myself,master - 0 0 1 connected 0-5459 5460 [93-<-67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1] [77->-67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1]
      """;

  private static ClusterView view(String nodes) {
    return ClusterView.of(new TopologySample(0, "n1", nodes, INFO, ""));
  }

  @Test
  void readsEveryColumn() {
    ClusterView view = view(NODES);

    assertThat(view.nodes()).hasSize(3);
    assertThat(view.nodes().get(0))
        .isEqualTo(
            new NodeView(
                "07c37dfeb235213a872192d90877d0cd55635b91",
                new NodeAddress("127.0.0.1", 30004, 31004, "host-4", Map.of()),
                Set.of(NodeFlag.REPLICA),
                Optional.of("e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca"),
                0,
                1426238317239L,
                4,
                true,
                List.of(),
                List.of()));
    NodeView second = view.nodes().get(1);
    assertThat(second.address().host()).isEqualTo("::1");
    assertThat(second.flags()).containsExactly(NodeFlag.MASTER, NodeFlag.PFAIL);
    assertThat(second.linked()).isFalse();
    NodeView myself = view.myself().orElseThrow();
    assertThat(myself.address().attributes()).containsExactly(Map.entry("shard-id", "69bc"));
    assertThat(myself.address().hostname()).isEmpty();
    assertThat(myself.slots()).containsExactly(new SlotRange(0, 5459), new SlotRange(5460, 5460));
    assertThat(myself.slotCount()).isEqualTo(5461);
    assertThat(myself.owns(5460)).isTrue();
    assertThat(myself.owns(5461)).isFalse();
    assertThat(myself.openSlots())
        .containsExactly(
            new OpenSlot(93, OpenSlot.Direction.IMPORTING, second.id()),
            new OpenSlot(77, OpenSlot.Direction.MIGRATING, second.id()));
    assertThat(view.node(second.id())).contains(second);
  }

  @Test
  void readsClusterInfo() {
    ClusterInfo info = view(NODES).info();

    assertThat(info)
        .isEqualTo(new ClusterInfo(true, 16384, 16380, 3, 1, 6, 3, 9, 2, info.fields()));
    assertThat(info.fields()).containsEntry("cluster_stats_messages_sent", "17");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:7000|127.0.0.1|7000|17000|''",
        "127.0.0.1:7000@17005|127.0.0.1|7000|17005|''",
        ":0@0|''|0|0|''",
        ":6379@16379|''|6379|16379|''",
        "fe80::1:6379@16379,a.example|fe80::1|6379|16379|a.example",
        "10.0.0.1:0@0,,tls-port=7000,shard-id=x|10.0.0.1|0|0|''",
      })
  void readsAddressesOfEveryVersion(
      String text, String host, int port, int busPort, String hostname) {
    NodeAddress address = NodeAddress.parse(text);

    assertThat(address)
        .isEqualTo(new NodeAddress(host, port, busPort, hostname, address.attributes()));
  }

  @Test
  void readsNodesInEveryState() {
    ClusterView view =
        view(
            """
            a :0@0 myself,noflags - 0 0 0 connected
            b 127.0.0.1:1@2 handshake - 0 0 0 disconnected

            c :0@0 master,fail,noaddr - 0 0 0 disconnected
            d 127.0.0.1:1@2 slave,nofailover,someday c 0 0 0 connected
            vars currentEpoch 0 lastVoteEpoch 0
            """);

    assertThat(view.nodes())
        .extracting(NodeView::flags)
        .map(List::copyOf)
        .containsExactly(
            List.of(NodeFlag.MYSELF),
            List.of(NodeFlag.HANDSHAKE),
            List.of(NodeFlag.MASTER, NodeFlag.FAIL, NodeFlag.NOADDR),
            List.of(NodeFlag.REPLICA, NodeFlag.NOFAILOVER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a b c|it has 3 columns, not at least 8",
        "a 1 master - 0 0 0 connected|'1' is no address: it has no port",
        "a h:x master - 0 0 0 connected|'h:x' is no address: 'x' is no port",
        "a h:70000 master - 0 0 0 connected|'h:70000' is no address: port 70000 is out of range",
        "a h:1 master - z 0 0 connected|'z' is no number",
        "a h:1 master - 0 0 0 up|'up' is no state of a link",
        "a h:1 master - 0 0 0 connected 16384|16384 is no slot",
        "a h:1 master - 0 0 0 connected 9-7|not a slot range: 9-7",
        "a h:1 master - 0 0 0 connected -7|'' is no number",
        "a h:1 master - 0 0 0 connected [7-x]|'[7-x]' is no open slot",
        "a h:1 master - 0 0 0 connected [7->-|'[7->-' is no open slot",
      })
  void namesTheLineAndTheProblem(String line, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view("\n" + line))
        .withMessage("line 2 of the CLUSTER NODES reply: " + problem);
  }

  @Test
  void refusesWhatIsNoClusterInfo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterInfo.parse("ERR This instance has cluster support disabled"))
        .withMessage("the CLUSTER INFO reply has no cluster_state");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterInfo.parse("cluster_state:ok\ncluster_size:x"))
        .withMessage("cluster_size is no number: 'x'");
  }

  @Test
  void hasNoViewOfANodeThatDidNotAnswer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterView.of(new TopologySample(0, "n1", "", "", "timed out")))
        .withMessage("n1 did not answer: timed out");
  }
}
