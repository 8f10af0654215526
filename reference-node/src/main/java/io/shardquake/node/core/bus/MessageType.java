package io.shardquake.node.core.bus;

import java.util.Arrays;
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
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** Whether it carries gossip: PING, PONG, MEET. */
  public boolean isHeartbeat() {
    return this == PING || this == PONG || this == MEET;
  }
}
