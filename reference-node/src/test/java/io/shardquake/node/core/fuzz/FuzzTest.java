package io.shardquake.node.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.bus.SlotBitmap;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.rdb.Crc64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Spoiled bytes from clients and peers, and a spoiled nodes.conf: a node answers them with an
 * error, closes the connection or refuses to start, and goes on as if nothing had been.
 */
final class FuzzTest {
  private static final long NOW = 1_700_000_000_000_000L;
  private static final long CLIENT = 2;
  private static final long PEER = 4;
  private static final int CHECKSUM = 8;
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String NODES_CONF =
      ID
          + " 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-5460 [7->-"
          + ID.replace('0', 'f')
          + "]\n"
          + ID.replace('0', 'f')
          + " 127.0.0.1:7002@17002,host master - 0 1700000000000 2 connected 5461-16383\n"
          + ID.replace('0', 'e')
          + " 127.0.0.1:7003@17003 slave,fail "
          + ID
          + " 0 1700000000000 1 disconnected\n"
          + "vars currentEpoch 2 lastVoteEpoch 1\n";

  private static Node node(boolean cluster) {
    Configuration configuration = new Configuration();
    configuration.set("cluster-enabled", cluster ? "yes" : "no");
    return new Node(configuration, new Randomness(new SplittableRandom(1)), NOW);
  }

  private static Input accepted(long connection, Input.Listener listener) {
    return new Input.Accepted(connection, listener, "127.0.0.1", 5000, "127.0.0.1", 6379);
  }

  /** What is sent on a connection; "closed" at the end if it is closed. */
  private static String turn(Node node, long connection, Input... inputs) {
    StringBuilder text = new StringBuilder();
    for (Effect effect : node.turn(NOW, List.of(inputs))) {
      if (effect instanceof Effect.Send send && send.connection() == connection) {
        text.append(new String(send.data(), StandardCharsets.ISO_8859_1));
      } else if (effect instanceof Effect.Close close && close.connection() == connection) {
        text.append("closed");
      }
    }
    return text.toString();
  }

  private static void assertAlive(Node node) {
    String pong =
        turn(
            node,
            100,
            accepted(100, Input.Listener.CLIENT),
            new Input.Received(100, "PING\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(pong).isEqualTo("+PONG\r\n");
  }

  private static byte[] encoded(byte[]... words) {
    ByteBuffer out = ByteBuffer.allocate(1 << 17);
    out.put(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] word : words) {
      out.put(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.put(word).put(new byte[] {'\r', '\n'});
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Property(tries = 300)
  void spoiledRequestsAreAnsweredOrEndTheConnection(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Node node = node(false);
    byte[] good = encoded(ascii("SET"), ascii("key"), ascii("value"), ascii("PX"), ascii("100"));
    turn(node, CLIENT, accepted(CLIENT, Input.Listener.CLIENT));
    boolean open = true;
    for (int i = 0; i < 5 && open; i++) {
      byte[] bytes = Mutation.of(good, random);
      String said = turn(node, CLIENT, new Input.Received(CLIENT, bytes));
      assertThat(said).matches("(?s)([+-][^\r\n]*\r\n|\\$-1\r\n)*(closed)?");
      open = !said.endsWith("closed");
    }
    assertAlive(node);
  }

  @Property(tries = 300)
  void spoiledDumpsAreRestoredOrRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> dumps =
        new String(Mutation.corpus("dumps.txt"), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    byte[] good = HexFormat.of().parseHex(dumps.get(random.nextInt(dumps.size())));
    byte[] body = Arrays.copyOf(good, good.length - CHECKSUM - 2);
    byte[] spoiled = Mutation.of(body, random);
    Node node = node(false);
    byte[] request = encoded(ascii("RESTORE"), ascii("key"), ascii("0"), withChecksum(spoiled));
    String said =
        turn(
            node,
            CLIENT,
            accepted(CLIENT, Input.Listener.CLIENT),
            new Input.Received(CLIENT, request),
            new Input.Received(CLIENT, ascii("OBJECT ENCODING key\r\n")));
    assertThat(said).matches("(?s)(\\+OK|-ERR Bad data format)\r\n(\\$.*|.*no such key.*)");
    assertAlive(node);
  }

  private static byte[] withChecksum(byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(body.length + 2 + CHECKSUM);
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.put(body).putShort((short) 10);
    out.putLong(Crc64.of(out.array(), out.position()));
    return out.array();
  }

  @Property(tries = 300)
  void spoiledPacketsEndTheirLinkAndChangeNothing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Node node = node(true);
    turn(node, PEER, new Input.Tick(), accepted(PEER, Input.Listener.BUS));
    for (int i = 0; i < 4; i++) {
      byte[] spoiled = Mutation.of(BusCodec.encode(message(random)), random);
      turn(node, PEER, new Input.Received(PEER, spoiled));
    }
    String nodes =
        turn(
            node,
            CLIENT,
            accepted(CLIENT, Input.Listener.CLIENT),
            new Input.Received(CLIENT, ascii("CLUSTER NODES\r\n")));
    assertThat(nodes.lines().filter(line -> line.contains("myself,master")).count()).isOne();
    assertThat(nodes).as("only a whole MEET begins a handshake").doesNotContain(ID);
    assertAlive(node);
  }

  private static BusMessage message(SplittableRandom random) {
    MessageType[] types = MessageType.values();
    MessageType type = types[random.nextInt(types.length)];
    Header header =
        new Header(
            type, 7002, 0, 17002, 5, 4, 3, ID, new SlotBitmap(), "", "127.0.0.1", 1, false, 0);
    return switch (type) {
      case PING, PONG, MEET ->
          new BusMessage.Heartbeat(
              header,
              List.of(new GossipEntry(ID, 0, 0, "127.0.0.1", 7003, 17003, 1, 0)),
              "some.host");
      case FAIL -> new BusMessage.Fail(header, ID);
      case PUBLISH, PUBLISHSHARD ->
          new BusMessage.Publish(header, ascii("channel"), ascii("message"));
      case UPDATE -> new BusMessage.Update(header, 6, ID, new SlotBitmap());
      default -> new BusMessage.Bare(header);
    };
  }

  @Property(tries = 300)
  void aSpoiledNodesConfIsReadOrRefusedInOneLine(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Node node = node(true);
    try {
      node.restoreCluster(Mutation.of(NODES_CONF.getBytes(StandardCharsets.UTF_8), random));
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal).hasMessageMatching("[^\r\n]+");
      return;
    }
    node.turn(NOW, List.of(new Input.Tick()));
    assertAlive(node);
  }
}
