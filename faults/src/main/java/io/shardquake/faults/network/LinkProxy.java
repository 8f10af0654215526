package io.shardquake.faults.network;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Stands before the data and bus ports of all nodes of a cluster, passes on what comes, and lets go
 * wrong what it is told. Needs no privileges. Thread-safe.
 *
 * <pre>
 *   clients ──────────────► proxy ──► n1's data port        n1, n2: one address each, shared
 *   n2 ──(from its own ───► proxy ──► n1's data port        with the proxy before them
 *         address)    ────► proxy ──► n1's bus port
 * </pre>
 *
 * Who opened a connection is known by its source address; connections to a node from another node's
 * address are made from this address, too, so that the nodes see each other where they are.
 */
public final class LinkProxy implements Network, AutoCloseable {
  private final Map<String, ProxiedNode> nodes = new LinkedHashMap<>();
  private final Map<InetAddress, String> nameOf = new LinkedHashMap<>();
  private final EventLoopGroup loops;
  private final SplittableGenerator random;
  private final long origin = System.nanoTime();
  private final Rules rules = new Rules();
  private final Map<Direction, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final List<ProxyPort> ports = new ArrayList<>();

  private LinkProxy(List<ProxiedNode> nodes, int threads, SplittableGenerator random) {
    for (ProxiedNode node : nodes) {
      if (this.nodes.put(node.name(), node) != null
          || nameOf.put(node.address(), node.name()) != null) {
        throw new IllegalArgumentException(
            "each node needs a name and an address of its own, unlike " + node);
      }
    }
    this.random = random;
    this.loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("link-proxy", true));
  }

  /**
   * Listens on the proxy's ports of all nodes. A port whose node turns out not to listen is closed
   * until it does.
   *
   * @param threads how many event loops to use; at least 1
   * @param random decides on jitter and corruption
   * @throws IOException with one line, if it cannot listen on one of them; then on none
   */
  public static LinkProxy start(List<ProxiedNode> nodes, int threads, SplittableGenerator random)
      throws IOException {
    LinkProxy proxy = new LinkProxy(nodes, threads, random);
    try {
      for (ProxiedNode node : nodes) {
        proxy.listen(node, node.proxyDataPort(), node.dataPort(), false);
        proxy.listen(node, node.proxyBusPort(), node.busPort(), true);
      }
      return proxy;
    } catch (IOException occupied) {
      proxy.close();
      throw occupied;
    }
  }

  private void listen(ProxiedNode node, int port, int target, boolean bus) throws IOException {
    InetSocketAddress nodesOwn = new InetSocketAddress(node.address(), target);
    ProxyPort listening =
        new ProxyPort(
            new InetSocketAddress(node.address(), port),
            nodesOwn,
            loops,
            (self, channel) -> accept(channel, node, nodesOwn, bus, self));
    ports.add(listening);
    listening.open();
  }

  private void accept(
      SocketChannel front,
      ProxiedNode node,
      InetSocketAddress target,
      boolean bus,
      ProxyPort port) {
    InetAddress address = front.remoteAddress().getAddress();
    Optional<String> peer = Optional.ofNullable(nameOf.get(address));
    Plane plane = bus ? Plane.BUS : peer.isPresent() ? Plane.REPLICATION : Plane.CLIENT;
    Direction up = new Direction(peer.orElse(Direction.CLIENTS), node.name(), plane);
    Link.Route route =
        new Link.Route(lane(up), lane(up.reversed()), target, peer.map(name -> address));
    SplittableGenerator own;
    synchronized (random) {
      own = random.split();
    }
    Link link = new Link(front, route, new Owner(port), own);
    links.add(link);
    link.open();
  }

  private final class Owner implements Link.Owner {
    private final ProxyPort port;

    Owner(ProxyPort port) {
      this.port = port;
    }

    @Override
    public long nowNanos() {
      return System.nanoTime() - origin;
    }

    @Override
    public Impairment impairment(Direction direction) {
      return rules.of(direction);
    }

    @Override
    public void suspect() {
      port.suspect();
    }

    @Override
    public void forget(Link link) {
      links.remove(link);
    }
  }

  private Lane lane(Direction direction) {
    return lanes.computeIfAbsent(direction, Lane::new);
  }

  @Override
  public Traffic traffic(Direction direction) {
    return lane(requireKnown(direction)).traffic();
  }

  @Override
  public Imposition impose(List<Direction> where, Impairment what) {
    where.forEach(this::requireKnown);
    Rules.Rule rule = new Rules.Rule(where, what);
    rules.add(rule);
    CompletionStage<Void> inForce = refresh();
    return new Imposition() {
      @Override
      public CompletionStage<Void> inForce() {
        return inForce;
      }

      @Override
      public CompletionStage<Void> lift() {
        rules.remove(rule);
        return refresh();
      }
    };
  }

  @Override
  public Imposition flap(List<Direction> where, Impairment what, Duration on, Duration off) {
    return new Flapping(() -> impose(where, what), on, off, loops.next());
  }

  private CompletionStage<Void> refresh() {
    List<CompletableFuture<Void>> obeyed = new ArrayList<>();
    for (Link link : links) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      obeyed.add(done);
      link.refresh().addListener((ChannelFuture ready) -> done.complete(null));
    }
    return CompletableFuture.allOf(obeyed.toArray(CompletableFuture[]::new));
  }

  private Direction requireKnown(Direction direction) {
    for (String end : List.of(direction.from(), direction.to())) {
      if (!nodes.containsKey(end) && !end.equals(Direction.CLIENTS)) {
        throw new IllegalArgumentException("the proxy knows no node " + end);
      }
    }
    return direction;
  }

  /** Closes all ports and all connections; returns when they are closed. Idempotent. */
  @Override
  public void close() {
    ports.forEach(ProxyPort::close);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
