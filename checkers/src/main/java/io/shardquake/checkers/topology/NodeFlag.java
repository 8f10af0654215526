package io.shardquake.checkers.topology;

import java.util.Optional;

/** What CLUSTER NODES says of a node in its third column, in the order in which Redis prints. */
public enum NodeFlag {
  /** The node that was asked. */
  MYSELF("myself"),
  MASTER("master"),
  REPLICA("slave"),
  /** Not reachable for the observer for longer than the node timeout. */
  PFAIL("fail?"),
  /** Not reachable for a majority of the masters. */
  FAIL("fail"),
  /** Not yet known to be a member. */
  HANDSHAKE("handshake"),
  /** Its address is not known. */
  NOADDR("noaddr"),
  /** A replica that will not stand for election. */
  NOFAILOVER("nofailover");

  private final String text;

  NodeFlag(String text) {
    this.text = text;
  }

  /** The word that Redis uses. */
  public String text() {
    return text;
  }

  /** The flag that Redis, or a server like it, calls so; empty for a word of some newer server. */
  public static Optional<NodeFlag> of(String text) {
    if (text.equals("replica")) {
      return Optional.of(REPLICA);
    }
    for (NodeFlag flag : values()) {
      if (flag.text.equals(text)) {
        return Optional.of(flag);
      }
    }
    return Optional.empty();
  }
}
