package io.shardquake.faults.network;

import static io.shardquake.faults.network.ProxiedPair.bus;
import static io.shardquake.faults.network.ProxiedPair.hear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.faults.network.ProxiedPair.Connection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkProxyTest {
  private ProxiedPair pair;

  @BeforeEach
  void start() throws IOException {
    pair = new ProxiedPair();
  }

  @AfterEach
  void stop() throws IOException {
    pair.close();
  }

  private Imposition impose(Impairment what, Direction... where) {
    Imposition imposition = pair.proxy.impose(List.of(where), what);
    imposition.inForce().toCompletableFuture().join();
    return imposition;
  }

  private static void lift(Imposition imposition) {
    imposition.lift().toCompletableFuture().join();
  }

  private Traffic traffic(Direction direction) {
    return pair.proxy.traffic(direction);
  }

  /** Patient, because what is awaited happens sooner or later, how busy the machine may be. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  private static boolean isReset(Socket socket) {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException reset) {
      return true;
    } catch (IOException other) {
      return false;
    }
  }

  @Test
  void passesBytesBothWaysUnderTheOpenersOwnAddress() throws IOException {
    Connection connection = pair.connect("n2", "n1");

    connection.sayToNode("ping");
    assertThat(hear(connection.node(), 4)).isEqualTo("ping");
    connection.sayToOpener("pong!");
    assertThat(hear(connection.opener(), 5)).isEqualTo("pong!");

    assertThat(connection.node().getInetAddress()).isEqualTo(pair.node("n2").address());
    assertThat(traffic(bus("n2", "n1")).passed()).isEqualTo(4);
    assertThat(traffic(bus("n1", "n2")).passed()).isEqualTo(5);
  }

  @Test
  void tellsClientsReplicationAndBusApart() throws IOException {
    pair.open(Direction.CLIENTS, "n1", false).getOutputStream().write(new byte[1]);
    hear(pair.take("n1", false), 1);
    pair.open("n2", "n1", false).getOutputStream().write(new byte[2]);
    hear(pair.take("n1", false), 2);
    pair.open("n2", "n1", true).getOutputStream().write(new byte[3]);
    hear(pair.take("n1", true), 3);

    assertThat(traffic(new Direction(Direction.CLIENTS, "n1", Plane.CLIENT)).passed()).isEqualTo(1);
    assertThat(traffic(new Direction("n2", "n1", Plane.REPLICATION)).passed()).isEqualTo(2);
    assertThat(traffic(bus("n2", "n1")).passed()).isEqualTo(3);
  }

  @Test
  void dropsOneDirectionOfBothConnectionsOfAPair() throws IOException {
    Connection byTwo = pair.connect("n2", "n1");
    Connection byOne = pair.connect("n1", "n2");
    Imposition drop = impose(Impairment.dropping(), bus("n1", "n2"));

    byOne.sayToNode("from one");
    byTwo.sayToOpener("from one");
    byOne.sayToOpener("from two");
    byTwo.sayToNode("from two");

    assertThat(hear(byOne.opener(), 8)).isEqualTo("from two");
    assertThat(hear(byTwo.node(), 8)).isEqualTo("from two");
    await().until(() -> traffic(bus("n1", "n2")).dropped() == 2);
    assertThat(byOne.node().getInputStream().available()).isZero();
    assertThat(byTwo.opener().getInputStream().available()).isZero();

    lift(drop);
    assertThat(hear(byOne.node(), 8)).isEqualTo("from one");
    assertThat(hear(byTwo.opener(), 8)).isEqualTo("from one");
  }

  @Test
  void letsNoNewConnectionThroughWhileItDrops() throws IOException {
    Imposition drop = impose(Impairment.dropping(), bus("n2", "n1"));

    Socket opener = pair.open("n2", "n1", true);
    opener.getOutputStream().write('x');
    await().until(() -> traffic(bus("n2", "n1")).dropped() > 0);

    lift(drop);
    assertThat(hear(pair.take("n1", true), 1)).isEqualTo("x");
  }

  @Test
  void dropsUntilTheLastDropIsLifted() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    Imposition first = impose(Impairment.dropping(), bus("n2", "n1"));
    Imposition second = impose(Impairment.dropping(), bus("n2", "n1"), bus("n1", "n2"));

    lift(first);
    lift(first);
    connection.sayToNode("x");
    await().until(() -> traffic(bus("n2", "n1")).dropped() == 1);
    assertThat(connection.node().getInputStream().available()).isZero();

    lift(second);
    assertThat(hear(connection.node(), 1)).isEqualTo("x");
  }

  @Test
  void swallowsBytesAndResetsWhatLostSomeInTheEnd() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    Connection idle = pair.connect("n2", "n1");
    Imposition hole = impose(Impairment.swallowing(), bus("n2", "n1"));

    connection.sayToNode("never seen");
    await().until(() -> traffic(bus("n2", "n1")).swallowed() == 10);
    connection.sayToOpener("heard");
    assertThat(hear(connection.opener(), 5)).isEqualTo("heard");

    lift(hole);
    assertThat(isReset(connection.opener())).isTrue();
    assertThat(isReset(connection.node())).isTrue();
    idle.sayToNode("whole");
    assertThat(hear(idle.node(), 5)).isEqualTo("whole");
  }

  @Test
  void resetsConnectionsOldAndNew() throws IOException {
    Connection old = pair.connect("n2", "n1");
    Imposition reset = impose(Impairment.resetting(), bus("n1", "n2"));

    assertThat(isReset(old.opener())).isTrue();
    assertThat(isReset(old.node())).isTrue();
    // The reset may come before the kernel has told the opener that it is connected.
    assertThatThrownBy(() -> pair.open("n2", "n1", true).getInputStream().read())
        .isInstanceOf(SocketException.class);
    assertThat(traffic(bus("n1", "n2")).resets()).isEqualTo(2);

    lift(reset);
    Connection young = pair.connect("n2", "n1");
    young.sayToNode("x");
    assertThat(hear(young.node(), 1)).isEqualTo("x");
  }

  @Test
  void delaysBytesInOrder() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    impose(Impairment.delaying(Duration.ofMillis(20), Duration.ofMillis(20)), bus("n2", "n1"));

    for (char letter = 'a'; letter <= 'z'; letter++) {
      connection.sayToNode(Character.toString(letter));
    }

    assertThat(hear(connection.node(), 26)).isEqualTo("abcdefghijklmnopqrstuvwxyz");
    assertThat(traffic(bus("n2", "n1")).delayed()).isPositive();
  }

  @Test
  void letsGoOfDelayedBytesWhenTheDelayIsLifted() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    Imposition delay =
        impose(Impairment.delaying(Duration.ofHours(1), Duration.ZERO), bus("n2", "n1"));
    connection.sayToNode("patience");
    await().until(() -> traffic(bus("n2", "n1")).delayed() > 0);

    lift(delay);

    assertThat(hear(connection.node(), 8)).isEqualTo("patience");
  }

  @Test
  void passesLittleByLittleOnANarrowWire() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    impose(Impairment.limiting(50_000), bus("n2", "n1"));
    byte[] sent = random(10_000);

    connection.opener().getOutputStream().write(sent);

    assertThat(connection.node().getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    assertThat(traffic(bus("n2", "n1")).delayed()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void tellsTheEndOfAConnectionLate() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    Imposition late = impose(Impairment.closingLate(Duration.ofHours(1)), bus("n2", "n1"));
    connection.sayToNode("x");
    connection.opener().shutdownOutput();

    assertThat(hear(connection.node(), 1)).isEqualTo("x");
    connection.node().setSoTimeout(100);
    assertThatThrownBy(() -> connection.node().getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    lift(late);
    connection.node().setSoTimeout(60_000);
    assertThat(connection.node().getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void invertsSingleBits() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    impose(Impairment.corrupting(1), bus("n2", "n1"));
    connection.opener().getOutputStream().write(new byte[100]);

    byte[] received = connection.node().getInputStream().readNBytes(100);

    int inverted = 0;
    for (byte piece : received) {
      inverted += Integer.bitCount(piece & 0xff);
    }
    assertThat(inverted).isPositive().isEqualTo((int) traffic(bus("n2", "n1")).corrupted());
  }

  @Test
  void makesConnectionsTwice() throws IOException {
    Connection before = pair.connect("n2", "n1");
    impose(Impairment.duplicating(), bus("n2", "n1"));
    assertThat(isReset(before.opener())).isTrue();

    Socket opener = pair.open("n2", "n1", true);
    opener.getOutputStream().write('x');
    Socket one = pair.take("n1", true);
    Socket other = pair.take("n1", true);

    assertThat(hear(one, 1)).isEqualTo("x");
    assertThat(hear(other, 1)).isEqualTo("x");
    one.getOutputStream().write('1');
    other.getOutputStream().write('2');
    opener.shutdownOutput();
    one.close();
    other.close();
    assertThat(opener.getInputStream().readAllBytes()).hasSize(1);
    assertThat(traffic(bus("n2", "n1")).duplicated()).isEqualTo(1);
  }

  @Test
  void comesAndGoesWhileItFlaps() throws IOException {
    Imposition flapping =
        pair.proxy.flap(
            List.of(bus("n2", "n1")),
            Impairment.dropping(),
            Duration.ofMillis(20),
            Duration.ofMillis(20));
    Connection connection = pair.connect("n2", "n1");

    for (int i = 0; traffic(bus("n2", "n1")).dropped() < 3; i++) {
      connection.sayToNode("x");
      assertThat(hear(connection.node(), 1)).as("byte %s", i).isEqualTo("x");
    }

    lift(flapping);
    connection.sayToNode("y");
    assertThat(hear(connection.node(), 1)).isEqualTo("y");
  }

  @Test
  void refusesConnectionsToANodeThatDoesNotListen() throws IOException {
    pair.deafen("n1");

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> pair.open(Direction.CLIENTS, "n1", false))
                    .isInstanceOf(ConnectException.class));

    pair.listen("n1");
    await().ignoreExceptions().until(() -> pair.open(Direction.CLIENTS, "n1", false).isConnected());
  }

  @Test
  void noticesThatANodeNoLongerListensWhenItEndsItsConnections() throws IOException {
    Socket client = pair.open(Direction.CLIENTS, "n1", false);
    Socket node = pair.take("n1", false);
    pair.deafen("n1");
    node.close();
    assertThat(client.getInputStream().read()).isEqualTo(-1);

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> pair.open(Direction.CLIENTS, "n1", false))
                    .isInstanceOf(ConnectException.class));
  }

  @Test
  void passesAResetOn() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    connection.opener().setSoLinger(true, 0);
    connection.opener().close();

    assertThat(isReset(connection.node())).isTrue();
  }

  @Test
  void passesHalfClosedConnections() throws IOException {
    Connection connection = pair.connect("n2", "n1");
    connection.opener().shutdownOutput();
    assertThat(connection.node().getInputStream().read()).isEqualTo(-1);

    connection.sayToOpener("still here");

    assertThat(hear(connection.opener(), 10)).isEqualTo("still here");
  }

  @Test
  void losesNothingHoweverItIsInterrupted() throws Exception {
    Connection connection = pair.connect("n2", "n1");
    byte[] sent = random(3_000_000);
    CompletableFuture<byte[]> received =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return connection.node().getInputStream().readNBytes(sent.length);
              } catch (IOException failure) {
                return failure.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
              }
            });
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                connection.opener().getOutputStream().write(sent);
              } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
              }
            });
    List<Impairment> troubles =
        List.of(
            Impairment.dropping(),
            Impairment.delaying(Duration.ofMillis(3), Duration.ofMillis(3)),
            Impairment.limiting(100_000_000),
            Impairment.limiting(1_000_000).and(Impairment.dropping()));
    for (int i = 0; i < 200; i++) {
      lift(impose(troubles.get(i % troubles.size()), bus("n2", "n1"), bus("n1", "n2")));
    }

    sending.join();
    assertThat(Arrays.equals(received.join(), sent)).isTrue();
  }

  @Test
  void namesThePortThatItCannotListenOn() {
    assertThatThrownBy(() -> LinkProxy.start(pair.nodes, 1, new SplittableRandom(1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on ")
        .hasMessageContaining(Integer.toString(pair.node("n1").proxyDataPort()));
  }

  @Test
  void knowsItsNodes() {
    assertThatThrownBy(() -> impose(Impairment.dropping(), bus("n1", "n7")))
        .hasMessage("the proxy knows no node n7");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
