package io.shardquake.harness.cluster.move;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ScriptedServer;
import io.shardquake.harness.cluster.SlotCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeySizesTest {
  private final ClusterConnections connections = new ClusterConnections(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    connections.close();
  }

  @Test
  void asksForAFewWhereAllAreSmall() throws Exception {
    try (ScriptedServer server = server(key -> ":" + (60 + key % 7) + "\r\n")) {
      long[] bytes = sizes(server).of(keys(1600));

      assertThat(bytes).hasSize(1600).containsOnly(66);
      assertThat(server.received()).hasSize(16);
    }
  }

  @Test
  void asksForAllWhereOneIsLarge() throws Exception {
    try (ScriptedServer server = server(key -> key % 100 == 0 ? ":5000000\r\n" : ":60\r\n")) {
      long[] bytes = sizes(server).of(keys(1600));

      assertThat(IntStream.range(0, 1600)).allMatch(i -> bytes[i] == (i % 100 == 0 ? 5000000 : 60));
    }
  }

  @Test
  void takesKeysThatHaveGoneForEmpty() throws Exception {
    try (ScriptedServer server =
        server(key -> key == 0 ? "$-1\r\n" : "-ASK 12182 127.0.0.1:1\r\n")) {
      assertThat(sizes(server).of(keys(2))).containsExactly(0, 0);
    }
  }

  @Test
  void asksNoMoreWhereTheServerIsTooOld() throws Exception {
    try (ScriptedServer server = server(key -> "-ERR unknown command 'MEMORY'\r\n")) {
      KeySizes sizes = sizes(server);

      assertThat(sizes.of(keys(3))).containsExactly(0, 0, 0);
      assertThat(sizes.of(keys(3))).containsExactly(0, 0, 0);
      assertThat(server.received()).hasSize(3);
    }
  }

  private static ScriptedServer server(Function<Integer, String> replyForKey) throws Exception {
    return new ScriptedServer(words -> replyForKey.apply(Integer.valueOf(words.get(2))));
  }

  private KeySizes sizes(ScriptedServer server) {
    return KeySizes.at(
        new SlotCommands(connections.connect(server.address()).join(), Optional.empty()));
  }

  private static List<byte[]> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> Integer.toString(i).getBytes(UTF_8)).toList();
  }
}
