package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.topology.SlotRange;
import org.junit.jupiter.api.Test;

final class ClusterViewTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);

  @Test
  void readsEveryFieldOfALine() {
    String line =
        A
            + " 127.0.0.11:7000@17000,node-1,shard-id=x myself,master - 0 1700 7 connected"
            + " 0-5460 12182 [93->-"
            + B
            + "] [77-<-"
            + B
            + "]\n";

    NodeEntry entry = ClusterView.parse(line).myself();

    assertThat(entry.id()).isEqualTo(A);
    assertThat(entry.host()).isEqualTo("127.0.0.11");
    assertThat(entry.port()).isEqualTo(7000);
    assertThat(entry.isMaster()).isTrue();
    assertThat(entry.master()).isEmpty();
    assertThat(entry.configEpoch()).isEqualTo(7);
    assertThat(entry.connected()).isTrue();
    assertThat(entry.slots()).containsExactly(new SlotRange(0, 5460), new SlotRange(12182, 12182));
    assertThat(entry.slotCount()).isEqualTo(5462);
    assertThat(entry.migrating()).containsOnlyKeys(93).containsValue(B);
    assertThat(entry.importing()).containsOnlyKeys(77).containsValue(B);
  }

  @Test
  void readsAReplicaThatIsSuspected() {
    NodeEntry entry =
        ClusterView.parse(A + " 10.0.0.1:7000@17000 slave,fail? " + B + " 5 9 3 disconnected")
            .entries()
            .get(0);

    assertThat(entry.isMaster()).isFalse();
    assertThat(entry.isSuspected()).isTrue();
    assertThat(entry.master()).contains(B);
    assertThat(entry.connected()).isFalse();
  }

  @Test
  void readsAnAddressAsRedis3Prints() {
    assertThat(ClusterView.parse(A + " 127.0.0.1:7000 master - 0 0 1 connected").entries())
        .singleElement()
        .extracting(NodeEntry::port)
        .isEqualTo(7000);
  }

  @Test
  void readsAnAddressOfVersion6AndOneThatIsUnknown() {
    ClusterView view =
        ClusterView.parse(
            A
                + " ::1:7083@17083 master - 0 0 1 connected\n"
                + B
                + " :0@0 master,noaddr - 0 0 1 disconnected\n");

    assertThat(view.entries()).extracting(NodeEntry::host).containsExactly("::1", "");
    assertThat(view.entries()).extracting(NodeEntry::port).containsExactly(7083, 0);
  }

  @Test
  void namesTheLineThatItCannotRead() {
    assertThatThrownBy(() -> ClusterView.parse("ERR unknown command"))
        .hasMessage("not a line of CLUSTER NODES: ERR unknown command");
    assertThatThrownBy(
            () -> ClusterView.parse(A + " 127.0.0.1:7000@17000 master - 0 0 1 connected 5-99999"))
        .hasMessageContaining("5-99999");
  }

  @Test
  void comparesSlotMapsWhicheverNodeWasAsked() {
    String own = A + " h:1@2 myself,master - 0 0 1 connected 0-9";
    String other = B + " h:3@4 master - 0 0 2 connected 10-16383";

    assertThat(ClusterView.parse(own + "\n" + other).slotSignature())
        .isEqualTo(
            ClusterView.parse(
                    other.replace("master", "myself,master")
                        + "\n"
                        + own.replace("myself,master", "master"))
                .slotSignature());
  }
}
