package io.shardquake.node.differential;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Node;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.config.Configuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** This project's core, driven without sockets. */
final class OwnSide implements Side {
  private final Configuration configuration = new Configuration();
  private final Node node;
  private final LongSupplier nowMicros;
  private final Map<String, Long> connections = new TreeMap<>();
  private final Map<Long, ReplyQueue> replies = new TreeMap<>();
  private final List<Request> stream = new ArrayList<>();
  private boolean resp3;
  private long nextConnection = 2;

  /** What has been sent on a connection and not been received yet. */
  private static final class ReplyQueue {
    private byte[] pending = new byte[0];

    void add(byte[] data) {
      byte[] joined = java.util.Arrays.copyOf(pending, pending.length + data.length);
      System.arraycopy(data, 0, joined, pending.length, data.length);
      pending = joined;
    }

    boolean isEmpty() {
      return pending.length == 0;
    }

    Reply next() throws IOException {
      ByteArrayInputStream in = new ByteArrayInputStream(pending);
      Reply reply = Reply.read(in);
      pending = in.readAllBytes();
      return reply;
    }
  }

  /**
   * A node, alone or as a cluster of one.
   *
   * @param nowMicros Unix microseconds, from the clock that the other side goes by
   */
  OwnSide(boolean cluster, LongSupplier nowMicros) {
    this.nowMicros = nowMicros;
    configuration.set("cluster-enabled", cluster ? "yes" : "no");
    configuration.set("enable-debug-command", "yes");
    configuration.set("save", "");
    configuration.set("proto-max-bulk-len", RealSide.LONGEST_ARGUMENT);
    this.node =
        new Node(configuration, new Randomness(new SplittableRandom(1)), nowMicros.getAsLong());
    node.propagateTo((database, encoded) -> record(encoded));
    try {
      ask("setup", Request.of("DEBUG", "SET-ACTIVE-EXPIRE", "0"));
      disconnect();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (cluster) {
      formCluster();
    }
  }

  private void formCluster() {
    try {
      ask("setup", Request.of("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    // A master that has just started waits before it serves: let the time pass for it.
    long later = nowMicros.getAsLong();
    for (int i = 0; i < 60; i++) {
      later += 100_000;
      node.turn(later, List.of(new Input.Tick()));
    }
    connections.clear();
  }

  private void record(byte[] encoded) {
    ByteArrayInputStream in = new ByteArrayInputStream(encoded);
    try {
      while (in.available() > 0) {
        Request request = Request.of(Reply.read(in).texts());
        if (Stream.of("SELECT", "PING").noneMatch(request.name()::equals)) {
          stream.add(request);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the propagated stream is no RESP", e);
    }
  }

  private void turn(List<Input> inputs) {
    for (Effect effect : node.turn(nowMicros.getAsLong(), inputs)) {
      if (effect instanceof Effect.Send send) {
        replies.computeIfAbsent(send.connection(), c -> new ReplyQueue()).add(send.data());
      }
    }
  }

  @Override
  public void speakResp3(boolean yes) {
    this.resp3 = yes;
  }

  private long connection(String name) throws IOException {
    Long known = connections.get(name);
    if (known != null) {
      return known;
    }
    long opened = nextConnection;
    nextConnection += 2;
    connections.put(name, opened);
    turn(
        List.of(
            new Input.Accepted(
                opened, Input.Listener.CLIENT, "127.0.0.1", 50_000, "127.0.0.1", 6379)));
    if (resp3) {
      ask(name, Request.of("HELLO", "3"));
    }
    return opened;
  }

  @Override
  public void send(String connection, Request request) throws IOException {
    turn(List.of(new Input.Received(connection(connection), request.encoded())));
  }

  /** A turn takes up all that was sent before it. */
  @Override
  public void awaitWaiting(String connection) {}

  @Override
  public Reply receive(String connection) throws IOException {
    ReplyQueue queue = replies.computeIfAbsent(connection(connection), unused -> new ReplyQueue());
    if (queue.isEmpty()) {
      // The other side has answered already: if it waited for a time to pass, that time is over.
      turn(List.of(new Input.Tick()));
    }
    if (queue.isEmpty()) {
      throw new IOException("no reply on " + connection);
    }
    return queue.next();
  }

  @Override
  public void configure(String directive, String value) {
    configuration.set(directive, value);
  }

  @Override
  public List<Request> propagated() {
    List<Request> taken = List.copyOf(stream);
    stream.clear();
    return taken;
  }

  @Override
  public void disconnect() {
    for (long connection : connections.values()) {
      turn(List.of(new Input.Closed(connection, "closed by the test")));
      replies.remove(connection);
    }
    connections.clear();
  }

  @Override
  public void close() {
    disconnect();
  }
}
