package io.shardquake.node.core.bus;

import java.util.List;
import java.util.Optional;

/** Types of bus messages. */
public enum MessageType {
  PING(0, "ping"),
  PONG(1, "pong"),
  MEET(2, "meet"),
  FAIL(3, "fail"),
  PUBLISH(4, "publish"),
  FAILOVER_AUTH_REQUEST(5, "auth-req"),
  FAILOVER_AUTH_ACK(6, "auth-ack"),
  UPDATE(7, "update"),
  MFSTART(8, "mfstart"),
  MODULE(9, "module"),
  PUBLISHSHARD(10, "publishshard");

  /** In the order of their numbers, which is that of their declaration. */
  private static final List<MessageType> ALL = List.of(values());

  private final int number;
  private final String statisticsName;

  MessageType(int number, String statisticsName) {
    this.number = number;
    this.statisticsName = statisticsName;
  }

  /** The word in CLUSTER INFO. */
  public String statisticsName() {
    return statisticsName;
  }

  /** The number on the wire. */
  int number() {
    return number;
  }

  static Optional<MessageType> ofNumber(int number) {
    return number < ALL.size() ? Optional.of(ALL.get(number)) : Optional.empty();
  }

  /** Whether it carries gossip: PING, PONG, MEET. */
  public boolean isHeartbeat() {
    return this == PING || this == PONG || this == MEET;
  }
}
