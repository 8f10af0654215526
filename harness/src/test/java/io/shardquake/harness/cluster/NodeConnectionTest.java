package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ClusterConnections connections = new ClusterConnections(LIMIT);

  @AfterEach
  void closeConnections() {
    connections.close();
  }

  @Test
  void sendsNothingButWhatItWasAskedTo() throws Exception {
    try (ScriptedServer server = new ScriptedServer(words -> "+PONG\r\n")) {
      connect(server).text("PING").join();

      assertThat(server.received())
          .as("no HELLO, no CLIENT SETINFO: servers before 6.0 and 7.2 refuse them")
          .containsExactly(List.of("PING"));
    }
  }

  @Test
  void claimsSlotsOneByOneWhereThereIsNoRangeCommand() throws Exception {
    Function<List<String>, String> redis3 =
        words ->
            words.get(1).equals("ADDSLOTS")
                ? "+OK\r\n"
                : "-ERR Wrong CLUSTER subcommand or number of arguments\r\n";
    try (ScriptedServer server = new ScriptedServer(redis3)) {
      connect(server).addSlots(new SlotRange(100, 2600)).join();

      List<String> slots =
          server.received().stream()
              .filter(words -> words.get(1).equals("ADDSLOTS"))
              .flatMap(words -> words.subList(2, words.size()).stream())
              .toList();
      assertThat(slots).hasSize(2501).startsWith("100", "101").endsWith("2600");
    }
  }

  @Test
  void passesOnTheServersError() throws Exception {
    String refusal = "-ERR Slot 5 is already busy\r\n";
    try (ScriptedServer server = new ScriptedServer(words -> refusal)) {
      NodeConnection node = connect(server);

      assertThatThrownBy(() -> node.addSlots(new SlotRange(5, 5)).join())
          .satisfies(
              failure -> {
                assertThat(Failures.reason(failure)).isEqualTo("ERR Slot 5 is already busy");
                assertThat(Failures.isErrorReply(failure)).isTrue();
              });
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void readsRepliesOfAnyShape() throws Exception {
    String nested = "*4\r\n:7\r\n$-1\r\n*2\r\n+a\r\n*0\r\n$2\r\nhi\r\n";
    try (ScriptedServer server = new ScriptedServer(words -> nested)) {
      NodeConnection node = connect(server);

      Value expected =
          Value.of(
              List.of(
                  Value.of(7),
                  Value.nil(),
                  Value.of(List.of(Value.of("a"), Value.of(List.of()))),
                  Value.of("hi")));
      assertThat(node.reply("ANY", List.of()).join()).isEqualTo(expected);
      assertThat(node.reply("AGAIN", List.of()).join()).isEqualTo(expected);
    }
  }

  @Test
  void failsOnAnErrorInsideAReplyAndStaysInStep() throws Exception {
    Function<List<String>, String> script =
        words -> words.get(0).equals("EXEC") ? "*2\r\n+OK\r\n-ERR no\r\n" : "*1\r\n:1\r\n";
    try (ScriptedServer server = new ScriptedServer(script)) {
      NodeConnection node = connect(server);

      assertThatThrownBy(() -> node.reply("EXEC", List.of()).join()).hasMessageContaining("ERR no");
      assertThat(node.reply("NEXT", List.of()).join()).isEqualTo(Value.of(List.of(Value.of(1))));
    }
  }

  @Test
  void givesUpOnASilentServerAndConnectsAnewForTheNextView() throws Exception {
    ClusterConnections impatient = new ClusterConnections(Duration.ofMillis(200));
    try (ScriptedServer server = new ScriptedServer(words -> "");
        NodeObserver observer = new NodeObserver(impatient, "n1", server.address(), () -> 42)) {
      TopologySample sample = observer.observe().join();

      assertThat(sample).isEqualTo(new TopologySample(42, "n1", "", "", "no answer in time"));
      observer.observe().join();
      assertThat(server.connectionCount()).isEqualTo(2);
    } finally {
      impatient.close();
    }
  }

  @Test
  void tellsWhyAnAbsentServerDoesNotAnswer() throws Exception {
    NodeAddress closed;
    try (ScriptedServer server = new ScriptedServer(words -> "")) {
      closed = server.address();
    }
    try (NodeObserver observer = new NodeObserver(connections, "n1", closed, () -> 1)) {
      assertThat(observer.observe().join().error()).contains("refused").doesNotContain("\n");
    }
  }

  private NodeConnection connect(ScriptedServer server) {
    return connections.connect(server.address()).join();
  }
}
