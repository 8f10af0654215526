package io.shardquake.node.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a {@link Node} on real sockets, files and time. One event loop owns the node: it collects
 * what happened, lets the node take its turn, and performs the effects in their order. Thread-safe.
 */
// Netty reports what fails on a channel through exceptionCaught and channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class NodeServer implements AutoCloseable {
  private static final int TICK_MILLIS = 10;
  private static final int VITALS_MILLIS = 1000;

  /** How long a peer has to take what was sent before its connection was closed. */
  private static final int CLOSE_SECONDS = 5;

  /** Exit code of a node that failed. */
  private static final int FAILURE = 70;

  private final Node node;
  private final Disk disk;
  private final NodeLog log;
  private final Optional<Tls> tls;
  private final NioEventLoopGroup group =
      new NioEventLoopGroup(1, new DefaultThreadFactory("node", true));
  private final EventLoop loop = group.next();
  private final List<Channel> listeners = new ArrayList<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  // Touched by the loop only.
  private final Map<Long, Channel> channels = new HashMap<>();
  private List<Input> pending = new ArrayList<>();
  private boolean turnScheduled;
  private long lastAccepted;

  /**
   * A server that is not started yet.
   *
   * @param directory where the node's files are
   * @param tls how to speak it, where it is asked for
   */
  NodeServer(Node node, Path directory, NodeLog log, Optional<Tls> tls) {
    this.node = node;
    this.tls = tls;
    this.log = log;
    this.disk = new Disk(directory, this::happened);
  }

  /**
   * Listens for one kind of connection; call once for each address and listener.
   *
   * @param secure whether they speak TLS
   * @throws IOException if the address cannot be had, with the reason in one line
   */
  void listen(Input.Listener kind, String host, int port, boolean secure) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 511)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (secure) {
                      SslContext context = tls.orElseThrow().of(kind);
                      channel.pipeline().addLast(context.newHandler(channel.alloc()));
                    }
                    accept(kind, channel);
                  }
                });
    ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + host + ":" + port + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    listeners.add(bound.channel());
  }

  /** Starts time: the node takes its first turn, and ticks from then on. */
  void start(Input.Started facts) {
    loop.execute(() -> happened(facts));
    loop.execute(() -> happened(ProcessVitals.read()));
    loop.execute(() -> happened(new Input.Tick()));
    loop.scheduleAtFixedRate(
        () -> happened(ProcessVitals.read()), VITALS_MILLIS, VITALS_MILLIS, TimeUnit.MILLISECONDS);
    loop.scheduleAtFixedRate(
        () -> happened(new Input.Tick()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Asks the node to end in an orderly way, as SIGTERM does. */
  void terminate() {
    if (!ended.isDone()) {
      loop.execute(() -> happened(new Input.Terminate()));
    }
  }

  /** Completes with the exit code when the node has ended. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public void close() {
    listeners.forEach(Channel::close);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    disk.close();
    ended.complete(0);
  }

  private void accept(Input.Listener kind, SocketChannel channel) {
    lastAccepted += 2;
    long number = lastAccepted;
    InetSocketAddress remote = channel.remoteAddress();
    InetSocketAddress local = channel.localAddress();
    channels.put(number, channel);
    channel.pipeline().addLast(new Receiver(number));
    happened(
        new Input.Accepted(
            number,
            kind,
            remote.getAddress().getHostAddress(),
            remote.getPort(),
            local.getAddress().getHostAddress(),
            local.getPort()));
  }

  /** Notes what happened; the node's turn comes when the loop has seen all that is ready. */
  private void happened(Input input) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> happened(input));
      return;
    }
    pending.add(input);
    if (!turnScheduled) {
      turnScheduled = true;
      loop.execute(this::turn);
    }
  }

  private void turn() {
    turnScheduled = false;
    List<Input> inputs = pending;
    pending = new ArrayList<>();
    long unixMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    try {
      for (Effect effect : node.turn(unixMicros, inputs)) {
        if (!disk.perform(effect)) {
          perform(effect);
        }
      }
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }

  /**
   * A node whose turn broke off may have done half of it: what it would say or store from now on
   * could not be relied on, so that it ends at once, as if killed.
   */
  private void fail(Throwable failure) {
    log.write(failure);
    Runtime.getRuntime().halt(FAILURE);
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Send send) {
      Channel channel = channels.get(send.connection());
      if (channel != null) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(send.data()), channel.voidPromise());
      }
    } else if (effect instanceof Effect.AwaitDrained await) {
      awaitDrained(await.connection());
    } else if (effect instanceof Effect.Again) {
      // Scheduled rather than executed, so that what the sockets have comes first.
      loop.schedule(() -> happened(new Input.Tick()), 0, TimeUnit.NANOSECONDS);
    } else if (effect instanceof Effect.Close close) {
      Channel channel = channels.remove(close.connection());
      if (channel != null) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        // A peer that takes nothing off its socket must not keep what is meant for it in memory.
        loop.schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } else if (effect instanceof Effect.Connect connect) {
      connect(connect);
    } else if (effect instanceof Effect.Stall stall) {
      stall(TimeUnit.MICROSECONDS.toNanos(stall.micros()));
    } else if (effect instanceof Effect.Log line) {
      log.write(line.level(), line.message());
    } else if (effect instanceof Effect.Exit exit) {
      ended.complete(exit.code());
    }
  }

  private void awaitDrained(long connection) {
    Channel channel = channels.get(connection);
    if (channel != null) {
      channel
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              future -> {
                if (future.isSuccess()) {
                  happened(new Input.Drained(connection));
                }
              });
    }
  }

  private static void stall(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void connect(Effect.Connect wanted) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5000)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (wanted.secure()) {
                      SslContext context = tls.orElseThrow().outgoing();
                      channel.pipeline().addLast(context.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new Receiver(wanted.connection()));
                  }
                });
    InetSocketAddress to = new InetSocketAddress(wanted.host(), wanted.port());
    ChannelFuture connecting =
        wanted.from().isEmpty()
            ? bootstrap.connect(to)
            : bootstrap.connect(to, new InetSocketAddress(wanted.from(), 0));
    Channel channel = connecting.channel();
    channels.put(wanted.connection(), channel);
    connecting.addListener(
        future -> {
          SslHandler secured = channel.pipeline().get(SslHandler.class);
          if (future.isSuccess() && secured != null) {
            secured.handshakeFuture().addListener(shaken -> opened(wanted, channel, shaken));
          } else {
            opened(wanted, channel, future);
          }
        });
  }

  private void opened(Effect.Connect wanted, Channel channel, Future<?> outcome) {
    if (outcome.isSuccess()) {
      InetSocketAddress local = (InetSocketAddress) channel.localAddress();
      happened(new Input.Connected(wanted.connection(), local.getAddress().getHostAddress()));
    } else if (channels.remove(wanted.connection()) != null) {
      channel.close();
      String reason = String.valueOf(outcome.cause().getMessage());
      happened(new Input.Closed(wanted.connection(), reason));
    }
  }

  /** Hands a connection's bytes and its end to the node. */
  private final class Receiver extends ChannelInboundHandlerAdapter {
    private final long number;
    private String reason = "closed by the peer";

    Receiver(long number) {
      this.number = number;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf buffer = (ByteBuf) message;
      byte[] data = new byte[buffer.readableBytes()];
      buffer.readBytes(data);
      buffer.release();
      happened(new Input.Received(number, data));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (channels.remove(number) != null) {
        happened(new Input.Closed(number, reason));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      reason = String.valueOf(cause.getMessage());
      context.close();
    }
  }
}
