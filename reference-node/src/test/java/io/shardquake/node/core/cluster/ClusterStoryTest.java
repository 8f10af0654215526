package io.shardquake.node.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stories of a few nodes on a wire without delay, in virtual time. */
final class ClusterStoryTest {
  private static final long START = 1_700_000_000_000L;

  private final Map<Integer, Member> members = new LinkedHashMap<>();
  private long millis = START;
  private long nextAccepted = 2;

  /** One node and its ends of connections. */
  private static final class Member {
    private final int port;
    private final Node node;
    private final Map<Long, long[]> peers = new LinkedHashMap<>();
    private final List<Input> inbox = new ArrayList<>();
    private final StringBuilder replies = new StringBuilder();
    private byte[] nodesConf = new byte[0];
    private boolean dead;

    Member(int port, Node node) {
      this.port = port;
      this.node = node;
    }
  }

  private Member member(int port) {
    Configuration configuration = new Configuration();
    configuration.set("port", Integer.toString(port));
    configuration.set("cluster-enabled", "yes");
    configuration.set("cluster-node-timeout", "2000");
    Node node = new Node(configuration, new Randomness(new SplittableRandom(port)), millis * 1000);
    Member member = new Member(port, node);
    members.put(port, member);
    return member;
  }

  private void run(long forMillis) {
    long until = millis + forMillis;
    while (millis < until) {
      millis += 10;
      for (Member member : members.values()) {
        member.inbox.add(new Input.Tick());
      }
      for (int round = 0; round < 20; round++) {
        members.values().forEach(this::turn);
      }
    }
  }

  private void turn(Member member) {
    List<Input> inputs = List.copyOf(member.inbox);
    member.inbox.clear();
    if (inputs.isEmpty() || member.dead) {
      return;
    }
    for (Effect effect : member.node.turn(millis * 1000, inputs)) {
      perform(member, effect);
    }
  }

  private void perform(Member member, Effect effect) {
    if (effect instanceof Effect.Connect connect) {
      Member target = members.get(connect.port() - 10_000);
      if (target == null || target.dead) {
        member.inbox.add(new Input.Closed(connect.connection(), "refused"));
        return;
      }
      long accepted = nextAccepted;
      nextAccepted += 2;
      member.peers.put(connect.connection(), new long[] {target.port, accepted});
      target.peers.put(accepted, new long[] {member.port, connect.connection()});
      member.inbox.add(new Input.Connected(connect.connection(), "127.0.0.1"));
      target.inbox.add(
          new Input.Accepted(
              accepted, Input.Listener.BUS, "127.0.0.1", 40_000, "127.0.0.1", connect.port()));
    } else if (effect instanceof Effect.Send send) {
      long[] peer = member.peers.get(send.connection());
      if (peer == null) {
        member.replies.append(new String(send.data(), StandardCharsets.UTF_8));
      } else {
        members.get((int) peer[0]).inbox.add(new Input.Received(peer[1], send.data()));
      }
    } else if (effect instanceof Effect.Close close) {
      hangUp(member, close.connection());
    } else if (effect instanceof Effect.Replace replace) {
      member.nodesConf = replace.data();
    }
  }

  private void hangUp(Member member, long connection) {
    long[] peer = member.peers.remove(connection);
    if (peer != null) {
      Member other = members.get((int) peer[0]);
      other.peers.remove(peer[1]);
      other.inbox.add(new Input.Closed(peer[1], "closed by the peer"));
    }
  }

  private void kill(Member member) {
    member.dead = true;
    member.inbox.clear();
    List.copyOf(member.peers.keySet()).forEach(connection -> hangUp(member, connection));
  }

  private String ask(Member member, String request) {
    long connection = nextAccepted;
    nextAccepted += 2;
    member.replies.setLength(0);
    member.inbox.add(
        new Input.Accepted(
            connection, Input.Listener.CLIENT, "127.0.0.1", 50_000, "127.0.0.1", member.port));
    member.inbox.add(
        new Input.Received(connection, (request + "\r\n").getBytes(StandardCharsets.UTF_8)));
    turn(member);
    return member.replies.toString();
  }

  private List<Member> threeMasters() {
    List<Member> masters = List.of(member(7001), member(7002), member(7003));
    for (int i = 0; i < 3; i++) {
      int first = i * 5461;
      int last = i == 2 ? 16_383 : first + 5460;
      assertThat(ask(masters.get(i), "CLUSTER ADDSLOTSRANGE " + first + " " + last))
          .isEqualTo("+OK\r\n");
      assertThat(ask(masters.get(0), "CLUSTER MEET 127.0.0.1 " + masters.get(i).port))
          .isEqualTo("+OK\r\n");
    }
    run(6000);
    return masters;
  }

  @Test
  void nodesThatMeetAgreeOnEverySlotAndTakeDifferentEpochs() {
    List<Member> masters = threeMasters();
    for (Member master : masters) {
      assertThat(ask(master, "CLUSTER INFO"))
          .contains("cluster_state:ok", "cluster_slots_assigned:16384", "cluster_known_nodes:3");
    }
    List<String> epochs =
        masters.stream()
            .map(master -> field(ask(master, "CLUSTER INFO"), "cluster_my_epoch"))
            .distinct()
            .toList();
    assertThat(epochs).as("configEpochs after collisions were resolved").hasSize(3);
  }

  @Test
  void aMajorityDeclaresAKilledMasterFailedAndTheClusterDown() {
    List<Member> masters = threeMasters();
    kill(masters.get(2));
    run(1500);
    assertThat(ask(masters.get(0), "CLUSTER NODES"))
        .as("before the node timeout")
        .doesNotContain("fail");
    run(5000);
    assertThat(ask(masters.get(0), "CLUSTER NODES")).contains("master,fail ");
    assertThat(ask(masters.get(1), "CLUSTER INFO")).contains("cluster_state:fail");
    assertThat(ask(masters.get(0), "WATCH a")).contains("-CLUSTERDOWN The cluster is down");
  }

  @Test
  void aMasterAloneNeitherDeclaresFailuresNorServes() {
    List<Member> masters = threeMasters();
    kill(masters.get(1));
    kill(masters.get(2));
    run(6000);
    assertThat(ask(masters.get(0), "CLUSTER NODES")).contains("fail?").doesNotContain(",fail ");
    assertThat(ask(masters.get(0), "CLUSTER INFO")).contains("cluster_state:fail");
  }

  @Test
  void commandsOnKeysElsewhereAreRedirected() {
    List<Member> masters = threeMasters();
    assertThat(ask(masters.get(0), "WATCH foo")).isEqualTo("-MOVED 12182 127.0.0.1:7003\r\n");
    assertThat(ask(masters.get(2), "WATCH foo")).isEqualTo("+OK\r\n");
    assertThat(ask(masters.get(2), "WATCH foo bar"))
        .isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot\r\n");
  }

  @Test
  void anOpenSlotAsksForWhatIsMissingAndServesWhoWasSent() {
    List<Member> masters = threeMasters();
    String source = id(masters.get(2));
    String target = id(masters.get(0));
    assertThat(ask(masters.get(0), "CLUSTER SETSLOT 12182 IMPORTING " + source))
        .isEqualTo("+OK\r\n");
    assertThat(ask(masters.get(2), "CLUSTER SETSLOT 12182 MIGRATING " + target))
        .isEqualTo("+OK\r\n");
    assertThat(ask(masters.get(2), "WATCH foo")).isEqualTo("-ASK 12182 127.0.0.1:7001\r\n");
    assertThat(ask(masters.get(0), "WATCH foo")).isEqualTo("-MOVED 12182 127.0.0.1:7003\r\n");
    assertThat(ask(masters.get(0), "ASKING\r\nWATCH foo\r\nWATCH foo"))
        .as("ASKING is good for one command")
        .isEqualTo("+OK\r\n+OK\r\n-MOVED 12182 127.0.0.1:7003\r\n");
    assertThat(ask(masters.get(0), "CLUSTER SETSLOT 12182 NODE " + target)).isEqualTo("+OK\r\n");
    assertThat(ask(masters.get(2), "CLUSTER SETSLOT 12182 NODE " + target)).isEqualTo("+OK\r\n");
    run(3000);
    assertThat(ask(masters.get(1), "WATCH foo"))
        .as("a node that was never told, but hears of the greater epoch")
        .isEqualTo("-MOVED 12182 127.0.0.1:7001\r\n");
  }

  @Test
  void aRestartedNodeIsTheSameNode() {
    List<Member> masters = threeMasters();
    Member old = masters.get(1);
    String before = ask(old, "CLUSTER NODES");
    Member again = member(old.port);
    again.node.restoreCluster(old.nodesConf);
    assertThat(id(again)).isEqualTo(id(old));
    assertThat(slotsAndEpochs(ask(again, "CLUSTER NODES"))).isEqualTo(slotsAndEpochs(before));
  }

  @Test
  void votesCountForOneElectionOnly() {
    List<Member> masters = threeMasters();
    Member first = masters.get(0);
    Member second = member(7004);
    ask(first, "CLUSTER MEET 127.0.0.1 " + second.port);
    run(3000);
    ask(second, "CLUSTER REPLICATE " + id(first));
    run(3000);
    takeOver(second);
    takeOver(first);
    kill(masters.get(1));
    kill(masters.get(2));

    assertThat(ask(second, "CLUSTER FAILOVER FORCE")).isEqualTo("+OK\r\n");
    run(500);

    assertThat(ask(second, "CLUSTER NODES"))
        .as("soon after it was elected, but nobody can vote now")
        .contains("myself,slave");
  }

  private void takeOver(Member replica) {
    assertThat(ask(replica, "CLUSTER FAILOVER FORCE")).isEqualTo("+OK\r\n");
    run(500);
    assertThat(ask(replica, "CLUSTER NODES")).contains("myself,master");
  }

  private static List<String> slotsAndEpochs(String nodes) {
    return nodes
        .lines()
        .filter(line -> line.contains("master"))
        .map(line -> line.split(" ", -1))
        .map(words -> words[0] + " " + words[6] + " " + words[8].strip())
        .toList();
  }

  private String id(Member member) {
    return ask(member, "CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
  }

  private static String field(String info, String name) {
    return info.lines().filter(line -> line.startsWith(name + ":")).findFirst().orElseThrow();
  }
}
