package io.shardquake.faults.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * A connection that somebody opened to a node, and the one that the proxy opens to the node for it.
 * Everything happens on one event loop, that of both connections.
 */
// Netty returns a future from every call; what comes of one is seen as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class Link {
  private final SocketChannel front;
  private final Route route;
  private final Owner owner;
  private final Flow up;
  private final Flow down;
  private Optional<SocketChannel> back = Optional.empty();
  private boolean connecting;
  private boolean twice;
  private boolean closed;

  /**
   * Where a connection leads.
   *
   * @param up from who opened it to the node
   * @param down the way back
   * @param target the node's own port
   * @param from the address to come from; empty for any
   */
  record Route(Lane up, Lane down, InetSocketAddress target, Optional<InetAddress> from) {}

  /** What a link asks of the proxy. */
  interface Owner {
    /** Nanoseconds since some moment. */
    long nowNanos();

    /** What goes wrong in this direction now. */
    Impairment impairment(Direction direction);

    /** The node may not listen any more. */
    void suspect();

    /** The link is no more. */
    void forget(Link link);
  }

  Link(SocketChannel front, Route route, Owner owner, SplittableGenerator random) {
    this.front = front;
    this.route = route;
    this.owner = owner;
    this.up = new Flow(this, route.up(), random.split());
    this.down = new Flow(this, route.down(), random.split());
    front.pipeline().addLast(up);
  }

  /** Begins to be of use, as soon as it may. */
  void open() {
    up.impair(owner.impairment(route.up().direction));
    down.impair(owner.impairment(route.down().direction));
    settle();
  }

  /** Obeys what goes wrong from now on. Runs on the link's loop, at once if that is the caller. */
  ChannelFuture refresh() {
    var obeyed = front.newPromise();
    front
        .eventLoop()
        .execute(
            () -> {
              if (!closed) {
                open();
              }
              obeyed.setSuccess();
            });
    return obeyed;
  }

  private void settle() {
    for (Flow flow : new Flow[] {up, down}) {
      if (flow.impairment().reset()) {
        reset(flow.lane());
      }
    }
    if (connecting || back.isPresent()) {
      if (up.impairment().duplicate() && !twice) {
        reset(up.lane());
      }
      return;
    }
    if (closed) {
      return;
    }
    // Whoever opened it cannot be heard: then the node must not learn of the attempt either.
    if (up.impairment().drop()) {
      up.lane().dropped.increment();
      return;
    }
    connecting = true;
    twice = up.impairment().duplicate();
    if (twice) {
      connect(new Sinkhole(up))
          .addListener((ChannelFuture second) -> connected(Optional.of(second.channel())));
    } else {
      connected(Optional.empty());
    }
  }

  private void connected(Optional<Channel> second) {
    connect(down)
        .addListener(
            (ChannelFuture connection) -> {
              connecting = false;
              if (connection.isSuccess()) {
                join((SocketChannel) connection.channel(), second);
              } else {
                owner.suspect();
                abort();
              }
            });
  }

  private void join(SocketChannel node, Optional<Channel> second) {
    back = Optional.of(node);
    if (closed) {
      node.close();
      second.ifPresent(Channel::close);
      return;
    }
    second.ifPresent(copy -> up.lane().duplicated.increment());
    up.join(front, node, second);
    down.join(node, front, Optional.empty());
  }

  private ChannelFuture connect(ChannelHandler handler) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(front.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, handler instanceof Sinkhole)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(handler);
    return route
        .from()
        .map(address -> bootstrap.connect(route.target(), new InetSocketAddress(address, 0)))
        .orElseGet(() -> bootstrap.connect(route.target()));
  }

  /** Takes what a node answers on a second connection, and forgets it. */
  private static final class Sinkhole extends ChannelInboundHandlerAdapter {
    private final Flow up;

    Sinkhole(Flow up) {
      this.up = up;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      up.read();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Resets it because of what goes wrong with a direction. */
  void reset(Lane because) {
    if (!closed) {
      because.resets.increment();
      abort();
    }
  }

  /** Resets both connections. */
  void abort() {
    close(true);
  }

  /** Closes both connections if each end knows that the other has ended. */
  void closeIfTold() {
    if (up.isTold() && down.isTold()) {
      close(false);
    }
  }

  private void close(boolean abruptly) {
    if (closed) {
      return;
    }
    closed = true;
    up.discard();
    down.discard();
    end(front, abruptly);
    back.ifPresent(node -> end(node, abruptly));
    owner.forget(this);
  }

  private static void end(SocketChannel channel, boolean abruptly) {
    if (abruptly && channel.isActive()) {
      // To linger for no time is how the socket interface spells a reset.
      channel.config().setSoLinger(0);
    }
    channel.close();
  }

  /** A source has ended. A node that ends what nobody else has ended may be about to go. */
  void ended(Flow flow) {
    if (flow == down && up.isOpen()) {
      owner.suspect();
    }
  }

  boolean isClosed() {
    return closed;
  }

  Flow opposite(Flow flow) {
    return flow == up ? down : up;
  }

  long nowNanos() {
    return owner.nowNanos();
  }

  /** Runs a task later; at once if there is no time to wait. */
  void after(long nanos, Runnable task) {
    if (nanos <= 0) {
      task.run();
    } else {
      front.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
