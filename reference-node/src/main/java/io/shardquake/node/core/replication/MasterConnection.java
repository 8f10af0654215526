package io.shardquake.node.core.replication;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.config.Configuration;
import java.util.function.LongSupplier;

/** Where the master is, and the connection to it, if there is one. Not thread-safe. */
final class MasterConnection {
  private static final long NONE = -1;

  private final Configuration configuration;
  private final Outbox outbox;
  private final ConnectionNumbers numbers;
  private final LongSupplier now;
  private String host = "";
  private int port;
  private long number = NONE;
  private long heardAt;
  private String localAddress = "";

  /**
   * No connection to nobody.
   *
   * @param now Unix milliseconds
   */
  MasterConnection(
      Configuration configuration, Outbox outbox, ConnectionNumbers numbers, LongSupplier now) {
    this.configuration = configuration;
    this.outbox = outbox;
    this.numbers = numbers;
    this.now = now;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Where the next connection goes to. */
  void aim(String masterHost, int masterPort) {
    host = masterHost;
    port = masterPort;
  }

  boolean isThere() {
    return number != NONE;
  }

  boolean owns(long connection) {
    return number == connection;
  }

  long number() {
    return number;
  }

  /** Asks for a connection. */
  void open() {
    outbox.log(Effect.Level.NOTICE, "Connecting to MASTER " + host + ":" + port);
    number = numbers.next();
    heard();
    outbox.toNetwork(
        new Effect.Connect(
            number,
            host,
            port,
            configuration.text("bind-source-addr"),
            configuration.yes("tls-replication")));
  }

  /** It is open. */
  void opened(String localIp) {
    localAddress = localIp;
    heard();
  }

  /** This node's own address on it. */
  String localAddress() {
    return localAddress;
  }

  /** Something has come on it. */
  void heard() {
    heardAt = now.getAsLong();
  }

  /** When something last came, in Unix milliseconds. */
  long heardAt() {
    return heardAt;
  }

  void send(byte[] bytes) {
    outbox.toNetwork(new Effect.Send(number, bytes));
  }

  /** Ends it, if it is there. */
  void close() {
    if (isThere()) {
      outbox.toNetwork(new Effect.Close(number));
    }
  }

  /** It has ended, or is not ours any more. */
  void forget() {
    number = NONE;
  }
}
