package io.shardquake.harness.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.workloads.generator.RandomSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimNetworkTest {
  private static final Direction TO_B = new Direction("a", "b", Plane.BUS);

  private final EventQueue queue = new EventQueue();
  private final SimNetwork network =
      new SimNetwork(queue, NetworkQuality.GOOD, RandomSource.seeded(1));
  private final List<String> atB = new ArrayList<>();
  private final List<String> atA = new ArrayList<>();

  private static Peer writing(List<String> story) {
    return new Peer() {
      @Override
      public void connected() {
        story.add("open");
      }

      @Override
      public void received(byte[] data) {
        story.add(new String(data, StandardCharsets.UTF_8));
      }

      @Override
      public void closed(String reason) {
        story.add("closed");
      }
    };
  }

  @BeforeEach
  void twoHosts() {
    network.host("a", "10.0.0.1");
    network.host("b", "10.0.0.2");
    network.listen("10.0.0.2", 16379, (socket, from) -> writing(atB));
  }

  private Socket connect() {
    return network.connect(
        "10.0.0.1", "10.0.0.2", 16379, true, Duration.ofSeconds(5).toNanos(), writing(atA));
  }

  private void pass(Duration time) {
    boolean[] over = new boolean[1];
    queue.after(time.toNanos(), () -> over[0] = true);
    while (!over[0] && queue.step()) {
      assertThat(queue.happened()).isLessThan(100_000);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytesArriveInOrderAndThenTheEnd() {
    Socket socket = connect();
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 50; i++) {
      socket.send(bytes(Integer.toString(i)));
    }
    socket.close();
    pass(Duration.ofSeconds(1));
    assertThat(atA).containsExactly("open");
    assertThat(atB).hasSize(51).startsWith("0", "1", "2").endsWith("49", "closed");
  }

  @Test
  void nobodyListensAndTheOpenerIsTold() {
    network.refuse("10.0.0.2", 16379);
    connect();
    pass(Duration.ofSeconds(1));
    assertThat(atA).containsExactly("closed");
  }

  @Test
  void whatAPartitionHoldsBackArrivesWhenItIsOver() {
    Socket socket = connect();
    pass(Duration.ofSeconds(1));
    Imposition partition = network.impose(List.of(TO_B), Impairment.dropping());
    socket.send(bytes("late"));
    pass(Duration.ofSeconds(3));
    assertThat(atB).isEmpty();
    assertThat(network.traffic(TO_B).dropped()).isPositive();
    partition.lift();
    pass(Duration.ofSeconds(1));
    assertThat(atB).containsExactly("late");
  }

  @Test
  void aConnectionThatDoesNotOpenInTimeIsGivenUp() {
    network.impose(List.of(TO_B), Impairment.dropping());
    connect();
    pass(Duration.ofSeconds(6));
    assertThat(atA).containsExactly("closed");
  }

  @Test
  void aBlackHoleSwallowsAndItsConnectionsAreResetAfterwards() {
    Socket socket = connect();
    pass(Duration.ofSeconds(1));
    Imposition hole = network.impose(List.of(TO_B), Impairment.swallowing());
    socket.send(bytes("lost"));
    pass(Duration.ofSeconds(1));
    assertThat(network.traffic(TO_B).swallowed()).isEqualTo(4);
    hole.lift();
    pass(Duration.ofSeconds(1));
    assertThat(atB).containsExactly("closed");
    assertThat(atA).containsExactly("open", "closed");
  }

  @Test
  void aSlowWireLetsThroughAsMuchAsItCan() {
    Socket socket = connect();
    pass(Duration.ofSeconds(1));
    network.impose(List.of(TO_B), Impairment.limiting(100));
    socket.send(new byte[1000]);
    pass(Duration.ofSeconds(9));
    assertThat(atB).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(atB).hasSize(1);
  }

  @Test
  void aDoubledConnectionSaysEverythingTwice() {
    network.impose(List.of(TO_B), Impairment.duplicating());
    Socket socket = connect();
    socket.send(bytes("x"));
    pass(Duration.ofSeconds(1));
    assertThat(atB).containsExactly("x", "x");
  }
}
