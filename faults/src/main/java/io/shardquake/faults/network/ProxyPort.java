package io.shardquake.faults.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A port on which the proxy listens as long as the node behind it does. To a node that does not
 * listen nobody can connect, and that has to stay so with the proxy before it: a refused connection
 * tells a client that its command certainly did not happen, which a reset does not.
 */
// Netty returns a future from every call; what comes of one is seen as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProxyPort {
  private static final long PROBE_MILLIS = 20;

  private final InetSocketAddress listening;
  private final InetSocketAddress target;
  private final EventLoopGroup loops;
  private final BiConsumer<ProxyPort, SocketChannel> accepted;
  private Optional<Channel> server = Optional.empty();
  private boolean probing;
  private boolean closed;

  /**
   * @param listening where to listen, once it is opened
   * @param target where the node listens
   * @param accepted is given this and each connection, on the connection's event loop
   */
  ProxyPort(
      InetSocketAddress listening,
      InetSocketAddress target,
      EventLoopGroup loops,
      BiConsumer<ProxyPort, SocketChannel> accepted) {
    this.listening = listening;
    this.target = target;
    this.loops = loops;
    this.accepted = accepted;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException with one line, if it cannot listen there
   */
  void open() throws IOException {
    ChannelFuture bound = bind().awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + listening + ": " + bound.cause().getMessage(), bound.cause());
    }
    rebound(bound);
  }

  private ChannelFuture bind() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accepted.accept(ProxyPort.this, channel);
              }
            })
        .bind(listening);
  }

  /** Looks whether the node still listens, and stops listening until it does again. */
  synchronized void suspect() {
    if (!probing && !closed) {
      probing = true;
      probe();
    }
  }

  private void probe() {
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(target)
        .addListener(
            (ChannelFuture connection) -> {
              connection.channel().close();
              judge(connection.isSuccess());
            });
  }

  private synchronized void judge(boolean listens) {
    if (closed) {
      return;
    }
    if (!listens) {
      server.ifPresent(Channel::close);
      loops.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    } else if (server.map(Channel::isOpen).orElse(false)) {
      probing = false;
    } else {
      bind().addListener((ChannelFuture bound) -> rebound(bound));
    }
  }

  private synchronized void rebound(ChannelFuture bound) {
    if (closed) {
      bound.channel().close();
    } else if (bound.isSuccess()) {
      server = Optional.of(bound.channel());
      probing = false;
    } else {
      loops.schedule(this::probe, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  synchronized void close() {
    closed = true;
    server.ifPresent(Channel::close);
  }
}
