package io.shardquake.node.core.replication;

/** How far a replica's link to its master is. */
enum LinkStage {
  /** There is no master. */
  NONE("none"),
  /** To be connected at the next opportunity. */
  CONNECT("connect"),
  CONNECTING("connecting"),
  HANDSHAKE("handshake"),
  /** A snapshot was promised. */
  ANNOUNCED("sync"),
  RECEIVING("sync"),
  LOADING("sync"),
  CONNECTED("connected");

  private final String word;

  LinkStage(String word) {
    this.word = word;
  }

  /** As ROLE prints it. */
  String word() {
    return word;
  }
}
