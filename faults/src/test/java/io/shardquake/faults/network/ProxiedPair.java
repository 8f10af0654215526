package io.shardquake.faults.network;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Two nodes that do nothing but listen, and a proxy before them. */
final class ProxiedPair implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  final List<ProxiedNode> nodes = new ArrayList<>();
  final LinkProxy proxy;
  private final Map<String, ServerSocket> data = new LinkedHashMap<>();
  private final Map<String, ServerSocket> bus = new LinkedHashMap<>();
  private final List<Socket> sockets = new ArrayList<>();

  ProxiedPair() throws IOException {
    int net = ThreadLocalRandom.current().nextInt(1, 255);
    int host = ThreadLocalRandom.current().nextInt(1, 250);
    for (int i = 1; i <= 2; i++) {
      InetAddress address = InetAddress.getByName("127.77." + net + "." + (host + i));
      data.put("n" + i, listen(address, 0));
      bus.put("n" + i, listen(address, 0));
      nodes.add(
          new ProxiedNode(
              "n" + i,
              address,
              data.get("n" + i).getLocalPort(),
              bus.get("n" + i).getLocalPort(),
              freePort(address),
              freePort(address)));
    }
    proxy = LinkProxy.start(nodes, 1, new SplittableRandom(1));
  }

  private static ServerSocket listen(InetAddress address, int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    try {
      server.bind(new InetSocketAddress(address, port));
    } catch (IOException notConfigured) {
      assumeTrue(
          false, "SKIPPED: this system has no loopback addresses beside 127.0.0.1: " + address);
    }
    server.setSoTimeout(TIMEOUT_MILLIS);
    return server;
  }

  private static int freePort(InetAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.getLocalPort();
    }
  }

  ProxiedNode node(String name) {
    return nodes.get(name.equals("n1") ? 0 : 1);
  }

  /** Both ends of a connection: who opened it, and the node that took it. */
  record Connection(Socket opener, Socket node) {
    void sayToNode(String text) throws IOException {
      say(opener, text);
    }

    void sayToOpener(String text) throws IOException {
      say(node, text);
    }

    private static void say(Socket socket, String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Opens a connection on the bus, from one node to the other. */
  Connection connect(String from, String to) throws IOException {
    Socket opener = open(from, to, true);
    return new Connection(opener, take(to, true));
  }

  /** Opens a connection and does not wait until the node takes it. */
  Socket open(String from, String to, boolean onBus) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    if (!from.equals(Direction.CLIENTS)) {
      socket.bind(new InetSocketAddress(node(from).address(), 0));
    }
    int port = onBus ? node(to).proxyBusPort() : node(to).proxyDataPort();
    socket.connect(new InetSocketAddress(node(to).address(), port), TIMEOUT_MILLIS);
    return socket;
  }

  /** The next connection that comes to a node. */
  Socket take(String node, boolean onBus) throws IOException {
    Socket socket = (onBus ? bus : data).get(node).accept();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  /** The node stops listening on its data port. */
  void deafen(String node) throws IOException {
    data.get(node).close();
  }

  /** The node listens on its data port again. */
  void listen(String node) throws IOException {
    data.put(node, listen(node(node).address(), node(node).dataPort()));
  }

  static String hear(Socket socket, int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("only " + bytes.length + " bytes came");
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  static Direction bus(String from, String to) {
    return new Direction(from, to, Plane.BUS);
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    for (ServerSocket server : data.values()) {
      server.close();
    }
    for (ServerSocket server : bus.values()) {
      server.close();
    }
  }
}
