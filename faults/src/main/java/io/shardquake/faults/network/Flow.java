package io.shardquake.faults.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One direction of one connection: takes what the source sends and hands it to the sink, as far as
 * the impairment lets it. Everything happens on the link's event loop.
 *
 * <pre>
 *   source ──► (read only while there is room) ──► queue, if it has to wait ──► sink
 * </pre>
 *
 * What cannot be passed on is, beyond a bound, not read either, so that it fills the buffers of the
 * sender's kernel, as it would on a real network.
 */
// Netty returns a future from every call; what comes of one is seen as an event of the channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class Flow extends ChannelInboundHandlerAdapter {
  /** What a slow wire may hold before the sender is made to wait. */
  private static final int QUEUE_BOUND = 1 << 20;

  /** What is taken from the sender though it cannot arrive: the proof that something was sent. */
  private static final int DROP_BOUND = 1 << 16;

  private final Link link;
  private final Lane lane;
  private final Shaper shaper;
  private final RandomGenerator random;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean timerRuns;

  private Optional<SocketChannel> source = Optional.empty();
  private Optional<SocketChannel> sink = Optional.empty();
  private Optional<Channel> second = Optional.empty();
  private Impairment impairment = Impairment.NONE;

  /** Bytes were swallowed: what follows makes no sense to the receiver. */
  private boolean lossy;

  private End end = End.OPEN;

  /** An end that the sink is to be told of later. */
  private Optional<End> untold = Optional.empty();

  private enum End {
    OPEN,
    /** The source has sent its last byte; the sink does not know yet. */
    CLOSED,
    /** The source was reset; the sink does not know yet. */
    BROKEN,
    /** The sink knows, or will know when it is time. */
    TOLD
  }

  private record Waiting(ByteBuf bytes, long release) {}

  Flow(Link link, Lane lane, RandomGenerator random) {
    this.link = link;
    this.lane = lane;
    this.random = random;
    this.shaper = new Shaper(lane, random);
  }

  Lane lane() {
    return lane;
  }

  Impairment impairment() {
    return impairment;
  }

  /** Begins, now that both ends are there. */
  void join(SocketChannel from, SocketChannel to, Optional<Channel> copyTo) {
    source = Optional.of(from);
    sink = Optional.of(to);
    second = copyTo;
    read();
  }

  /** From now on this goes wrong, and nothing else. */
  void impair(Impairment now) {
    Impairment before = impairment;
    impairment = now;
    if (!now.blackhole() && lossy) {
      link.reset(lane);
      return;
    }
    if (before.isShaping() && !now.isShaping()) {
      releaseAll();
    }
    if (now.lateClose().isZero()) {
      tell();
    }
    drain();
    read();
  }

  private void releaseAll() {
    int waiting = queue.size();
    for (int i = 0; i < waiting; i++) {
      queue.add(new Waiting(queue.remove().bytes(), link.nowNanos()));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (impairment.drop()) {
      lane.dropped.increment();
    }
    if (impairment.corruption() > 0 && random.nextDouble() < impairment.corruption()) {
      corrupt(bytes);
    }
    if (queue.isEmpty() && impairment.isPrompt()) {
      pass(bytes);
    } else {
      enqueue(bytes);
    }
  }

  private void corrupt(ByteBuf bytes) {
    int bit = random.nextInt(bytes.readableBytes() * Byte.SIZE);
    int index = bytes.readerIndex() + bit / Byte.SIZE;
    bytes.setByte(index, bytes.getByte(index) ^ (1 << (bit % Byte.SIZE)));
    lane.corrupted.increment();
  }

  private void enqueue(ByteBuf bytes) {
    int slice = Shaper.slice(impairment);
    while (bytes.readableBytes() > slice) {
      enqueueSlice(bytes.readRetainedSlice(slice));
    }
    enqueueSlice(bytes);
  }

  private void enqueueSlice(ByteBuf bytes) {
    long now = link.nowNanos();
    long release =
        impairment.isShaping() ? shaper.release(now, bytes.readableBytes(), impairment) : now;
    if (release > now) {
      lane.delayed.increment();
    }
    queuedBytes += bytes.readableBytes();
    queue.add(new Waiting(bytes, release));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    drain();
    sink.ifPresent(Channel::flush);
    second.ifPresent(Channel::flush);
    read();
  }

  /** Hands on what may go on by now, and sees to the rest at its time. */
  void drain() {
    if (sink.isEmpty() || link.isClosed()) {
      return;
    }
    boolean passed = false;
    while (!queue.isEmpty() && mayPass() && queue.element().release() <= link.nowNanos()) {
      ByteBuf bytes = queue.remove().bytes();
      queuedBytes -= bytes.readableBytes();
      pass(bytes);
      passed = true;
    }
    if (passed) {
      sink.get().flush();
      second.ifPresent(Channel::flush);
    }
    if (queue.isEmpty()) {
      tellEnd();
    } else if (mayPass()) {
      setTimer(queue.element().release() - link.nowNanos());
    }
  }

  private boolean mayPass() {
    return !impairment.drop() && sink.orElseThrow().isWritable();
  }

  private void setTimer(long nanos) {
    if (!timerRuns) {
      timerRuns = true;
      link.after(
          nanos,
          () -> {
            timerRuns = false;
            drain();
            read();
          });
    }
  }

  private void pass(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (impairment.blackhole()) {
      bytes.release();
      lane.swallowed.add(count);
      lossy = true;
      return;
    }
    lane.passed.add(count);
    second.ifPresent(copy -> copy.write(bytes.retainedDuplicate(), copy.voidPromise()));
    SocketChannel to = sink.orElseThrow();
    to.write(bytes, to.voidPromise());
  }

  /** Asks the source for more, if it could be passed on. */
  void read() {
    boolean room =
        sink.map(Channel::isWritable).orElse(false)
            && second.map(copy -> copy.isWritable() || !copy.isActive()).orElse(true)
            && queuedBytes < (impairment.drop() ? DROP_BOUND : QUEUE_BOUND);
    if (room && end == End.OPEN) {
      source.ifPresent(Channel::read);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent && end == End.OPEN) {
      end = End.CLOSED;
      link.ended(this);
      drain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!link.isClosed() && end != End.BROKEN) {
      end = End.BROKEN;
      link.ended(this);
      drain();
    }
  }

  /** Tells the sink that the source has ended, unless this cannot be known there yet. */
  private void tellEnd() {
    if (impairment.drop() || impairment.blackhole() || end == End.OPEN || end == End.TOLD) {
      return;
    }
    if (!impairment.lateClose().isZero()) {
      lane.lateEnds.increment();
    }
    untold = Optional.of(end);
    end = End.TOLD;
    link.after(impairment.lateClose().toNanos(), this::tell);
  }

  private void tell() {
    if (link.isClosed() || untold.isEmpty()) {
      return;
    }
    End told = untold.get();
    untold = Optional.empty();
    if (told == End.BROKEN) {
      link.abort();
      return;
    }
    sink.orElseThrow().shutdownOutput();
    second.ifPresent(Channel::close);
    link.closeIfTold();
  }

  boolean isOpen() {
    return end == End.OPEN;
  }

  boolean isTold() {
    return end == End.TOLD && untold.isEmpty();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    link.opposite(this).drain();
    link.opposite(this).read();
  }

  /** What failed is closed by Netty or here; what follows from that is seen when it is inactive. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** Lets go of what has not been passed on. */
  void discard() {
    queue.forEach(waiting -> waiting.bytes().release());
    queue.clear();
    queuedBytes = 0;
    second.ifPresent(Channel::close);
  }
}
