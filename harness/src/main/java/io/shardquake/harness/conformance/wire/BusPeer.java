package io.shardquake.harness.conformance.wire;

import io.shardquake.node.core.bus.BusCodec;
import io.shardquake.node.core.bus.BusMessage;
import io.shardquake.node.core.bus.GossipEntry;
import io.shardquake.node.core.bus.Header;
import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.bus.SlotBitmap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A node that is none: takes part in the cluster bus as its script says, and may lie. It listens on
 * a bus port, answers PING and MEET by PONG unless it is told not to, keeps all that it hears, and
 * says what it is made to say. It holds no data and serves no clients. Thread-safe.
 */
public final class BusPeer implements AutoCloseable {
  private static final int MASTER = 1;
  private static final int REPLICA = 2;
  private static final int BUS_OFFSET = 10_000;
  private static final int ID_LENGTH = 40;

  private final String id;
  private final ServerSocket server;
  private final Consumer<String> record;
  private final Map<String, BusLink> outward = new LinkedHashMap<>();
  private final List<BusLink> inward = new ArrayList<>();
  private final List<Heard> heard = new ArrayList<>();
  private Claims claims = new Claims(0, 0, List.of(), "", 0);
  private Optional<Integer> movedTo = Optional.empty();
  private boolean answering = true;

  /**
   * A message that came.
   *
   * @param nanos when, as {@link System#nanoTime}
   * @param connection which of the connections that it accepted, from 0; -1 for those it opened
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  public record Heard(
      long nanos,
      int connection,
      String sender,
      MessageType type,
      byte[] bytes,
      BusMessage message) {}

  /**
   * What the peer says of itself.
   *
   * @param currentEpoch the greatest epoch it pretends to know
   * @param configEpoch of its slots
   * @param slots that it pretends to serve, or that its master does
   * @param master whom it pretends to follow; empty to be a master
   * @param offset how far it pretends to have replicated
   */
  public record Claims(
      long currentEpoch, long configEpoch, List<Integer> slots, String master, long offset) {
    public Claims {
      slots = List.copyOf(slots);
    }
  }

  private BusPeer(String id, ServerSocket server, Consumer<String> record) {
    this.id = id;
    this.server = server;
    this.record = record;
  }

  /**
   * Listens on a free port of the loopback interface.
   *
   * @param record told in a line what is said and heard
   */
  public static BusPeer start(RandomGenerator random, Consumer<String> record) throws IOException {
    return start(InetAddress.getLoopbackAddress(), 0, randomId(random), record);
  }

  /** Listens where it is told, under the identifier given. */
  public static BusPeer start(InetAddress address, int busPort, String id, Consumer<String> record)
      throws IOException {
    ServerSocket server = new ServerSocket(busPort, 64, address);
    BusPeer peer = new BusPeer(id, server, record);
    Thread acceptor = new Thread(peer::accept, "bus-peer-accept");
    acceptor.setDaemon(true);
    acceptor.start();
    return peer;
  }

  /** An identifier as nodes have it: 40 hexadecimal digits. */
  public static String randomId(RandomGenerator random) {
    StringBuilder id = new StringBuilder();
    while (id.length() < ID_LENGTH) {
      id.append(Integer.toHexString(random.nextInt(16)));
    }
    return id.toString();
  }

  public String id() {
    return id;
  }

  public String host() {
    return server.getInetAddress().getHostAddress();
  }

  /** The client port that it announces, and does not listen on. */
  public synchronized int port() {
    return movedTo.orElseGet(() -> Math.max(1, server.getLocalPort() - BUS_OFFSET));
  }

  public int busPort() {
    return server.getLocalPort();
  }

  /** What it says of itself from now on. */
  public synchronized void claim(Claims next) {
    claims = next;
  }

  /** Whether it answers PING and MEET from now on. */
  public synchronized void answer(boolean wanted) {
    answering = wanted;
  }

  /** Announces another client port from now on. */
  public synchronized void moveTo(int port) {
    movedTo = Optional.of(port);
  }

  /** All that it heard so far. */
  public synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** What it heard of this type so far, from this node. */
  public List<Heard> heard(MessageType type, String sender) {
    return heard().stream().filter(it -> it.type() == type && it.sender().equals(sender)).toList();
  }

  /** A header of this type that says what the peer claims. */
  public Header header(MessageType type) {
    return header(type, 0);
  }

  private synchronized Header header(MessageType type, int messageFlags) {
    SlotBitmap slots = new SlotBitmap();
    claims.slots().forEach(slots::add);
    return new Header(
        type,
        port(),
        0,
        busPort(),
        claims.currentEpoch(),
        claims.configEpoch(),
        claims.offset(),
        id,
        slots,
        claims.master(),
        "",
        claims.master().isEmpty() ? MASTER : REPLICA,
        false,
        messageFlags);
  }

  /** Sends a heartbeat with gossip. */
  public void heartbeat(String host, int busPort, MessageType type, Collection<GossipEntry> gossip)
      throws IOException {
    send(host, busPort, new BusMessage.Heartbeat(header(type), List.copyOf(gossip), ""));
  }

  /** Asks for a vote, of a voter that takes the master to be failing, or in spite of it. */
  public void requestVote(String host, int busPort, boolean force) throws IOException {
    int flags = force ? Header.FORCE_ACK : 0;
    send(host, busPort, new BusMessage.Bare(header(MessageType.FAILOVER_AUTH_REQUEST, flags)));
  }

  /** Sends a message over a connection of its own to the node. */
  public void send(String host, int busPort, BusMessage message) throws IOException {
    record.accept("peer -> " + host + ":" + busPort + " " + describe(message));
    sendRaw(host, busPort, BusCodec.encode(message));
  }

  /** Sends bytes as they are, over the same connection. */
  public synchronized void sendRaw(String host, int busPort, byte[] bytes) throws IOException {
    String node = host + ":" + busPort;
    BusLink link = outward.get(node);
    if (link == null) {
      link = BusLink.open(host, busPort);
      outward.put(node, link);
      link.listen(new Ear(node, -1));
    }
    link.send(bytes);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        BusLink link = new BusLink(socket);
        int number;
        synchronized (this) {
          number = inward.size();
          inward.add(link);
        }
        link.listen(new Ear("", number));
      } catch (IOException closed) {
        record.accept("the peer no longer listens");
      }
    }
  }

  /** Hears what comes on one connection. */
  private final class Ear implements BusLink.Listener {
    private final String node;
    private final int connection;

    Ear(String node, int connection) {
      this.node = node;
      this.connection = connection;
    }

    @Override
    public void arrived(BusLink link, byte[] bytes, Optional<BusMessage> message) {
      message.ifPresent(known -> hear(link, connection, bytes, known));
    }

    @Override
    public void ended(BusLink link) {
      synchronized (BusPeer.this) {
        outward.remove(node, link);
      }
    }
  }

  private void hear(BusLink link, int connection, byte[] bytes, BusMessage message) {
    Header header = message.header();
    boolean reply;
    synchronized (this) {
      heard.add(
          new Heard(System.nanoTime(), connection, header.sender(), header.type(), bytes, message));
      reply = answering;
    }
    boolean question = header.type() == MessageType.PING || header.type() == MessageType.MEET;
    if (!header.type().isHeartbeat()) {
      record.accept("peer <- " + describe(message));
    }
    if (question && reply) {
      try {
        link.send(
            BusCodec.encode(new BusMessage.Heartbeat(header(MessageType.PONG), List.of(), "")));
      } catch (IOException gone) {
        record.accept("the peer could not answer " + header.sender() + ": " + gone.getMessage());
      }
    }
  }

  /** A message in a line. */
  public static String describe(BusMessage message) {
    Header header = message.header();
    return header.type()
        + " sender="
        + header.sender()
        + " currentEpoch="
        + header.currentEpoch()
        + " configEpoch="
        + header.configEpoch()
        + " flags="
        + header.flags()
        + " slots="
        + header.slots().count()
        + (header.master().isEmpty() ? "" : " master=" + header.master())
        + (message instanceof BusMessage.Fail fail ? " failed=" + fail.node() : "");
  }

  /** Ends all connections, and listens no more. */
  @Override
  public void close() throws IOException {
    server.close();
    List<BusLink> links = new ArrayList<>();
    synchronized (this) {
      links.addAll(inward);
      links.addAll(outward.values());
    }
    for (BusLink link : links) {
      link.close();
    }
  }
}
