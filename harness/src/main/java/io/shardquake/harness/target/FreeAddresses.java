package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses where the nodes of a cluster listen: each on a loopback address of its own, all on the
 * same port (127.0.0.11:7000, 127.0.0.12:7000, ...), so that a packet's address tells whose it is.
 * Hosts that have no loopback address but 127.0.0.1 get that one with consecutive ports.
 *
 * <p>Of every port the bus port, 10000 higher, must be free too. Ports stay below the range that
 * systems hand out to outgoing connections, so that nobody takes the port of a dead node. Somebody
 * else can still be quicker: a start that fails on an occupied port is to be tried again with the
 * next attempt number.
 */
final class FreeAddresses {
  /** What is missing on a host that has no second loopback address. */
  static final String ONE_ADDRESS =
      "each node needs a loopback address of its own, and this host has 127.0.0.1 only"
          + " (on macOS: sudo ifconfig lo0 alias 127.0.0.11, and so on)";

  private static final int FIRST_PORT = 7000;
  private static final int PORTS = 1000;

  /** From a node's port to that of the proxy before it: beyond all ports that nodes get. */
  private static final int PROXY_OFFSET = PORTS;

  private static final int FIRST_HOST = 11;
  private static final int BLOCK = 256;
  private static final int BLOCKS_TRIED_PER_PORT = 32;
  private static final int LOOPBACK = 127 << 24;

  private final Predicate<NodeAddress> free;
  private final RandomGenerator random;

  /**
   * @param free whether one can listen at an address
   * @param random spreads clusters that are started at the same time
   */
  FreeAddresses(Predicate<NodeAddress> free, RandomGenerator random) {
    this.free = free;
    this.random = random;
  }

  /** Whether this host lets a server listen there. */
  static boolean canListen(NodeAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
      return true;
    } catch (IOException occupied) {
      return false;
    }
  }

  /**
   * Chooses addresses.
   *
   * @param count how many
   * @param attempt 0 for the first; the first addresses that are free, later ones at random
   * @param wiring whether the ports of proxies must be free as well
   * @throws TargetException if none are free, or if the host has too few addresses for proxies
   */
  List<NodePlace> choose(int count, int attempt, Wiring wiring) throws TargetException {
    if (hasOwnAddresses()) {
      return ownAddresses(count, attempt, wiring);
    }
    if (wiring != Wiring.DIRECT) {
      throw new TargetException("network faults cannot be injected here: " + ONE_ADDRESS);
    }
    return samePlace(count, attempt).stream().map(NodePlace::direct).toList();
  }

  /** Whether this host lets each node have a loopback address of its own. */
  boolean hasOwnAddresses() {
    return IntStream.range(FIRST_PORT, FIRST_PORT + PORTS)
        .anyMatch(port -> free.test(new NodeAddress(host(0), port)));
  }

  private List<NodePlace> ownAddresses(int count, int attempt, Wiring wiring)
      throws TargetException {
    int blocks = (count + FIRST_HOST + BLOCK - 1) / BLOCK;
    int start = attempt == 0 ? 0 : random.nextInt(BLOCK);
    for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
      for (int i = 0; i < BLOCKS_TRIED_PER_PORT; i++) {
        int first = (start + i * blocks) * BLOCK;
        int samePort = port;
        List<NodePlace> places =
            IntStream.range(0, count)
                .mapToObj(node -> place(host(first + node), samePort, wiring))
                .toList();
        if (places.stream().allMatch(this::isFree)) {
          return places;
        }
      }
    }
    throw nothingFree(count);
  }

  private List<NodeAddress> samePlace(int count, int attempt) throws TargetException {
    List<NodeAddress> addresses = new ArrayList<>();
    int start = attempt == 0 ? 0 : random.nextInt(PORTS);
    for (int i = 0; i < PORTS && addresses.size() < count; i++) {
      NodeAddress address = new NodeAddress("127.0.0.1", FIRST_PORT + (start + i) % PORTS);
      if (bothPortsFree(address) && free.test(AddressClaim.port(address))) {
        addresses.add(address);
      }
    }
    if (addresses.size() < count) {
      throw nothingFree(count);
    }
    return addresses;
  }

  private static NodePlace place(String host, int port, Wiring wiring) {
    NodeAddress own = new NodeAddress(host, port);
    return switch (wiring) {
      case DIRECT -> NodePlace.direct(own);
      case PROXIED -> NodePlace.proxied(own, new NodeAddress(host, port + PROXY_OFFSET));
      case FILTERED -> NodePlace.filtered(own);
    };
  }

  private boolean isFree(NodePlace place) {
    return bothPortsFree(place.own())
        && bothPortsFree(place.entrance())
        && free.test(AddressClaim.port(place.own()));
  }

  private boolean bothPortsFree(NodeAddress address) {
    return free.test(address)
        && free.test(new NodeAddress(address.host(), address.port() + NodePlace.BUS_OFFSET));
  }

  private static String host(int index) {
    int address = LOOPBACK + FIRST_HOST + index;
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  private static TargetException nothingFree(int count) {
    return new TargetException(
        "no free ports for "
            + count
            + " nodes between "
            + FIRST_PORT
            + " and "
            + (FIRST_PORT + PORTS - 1)
            + " on the loopback addresses: end what occupies them");
  }
}
