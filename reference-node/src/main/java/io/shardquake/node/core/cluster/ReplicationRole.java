package io.shardquake.node.core.cluster;

/** What the cluster asks of replication, and needs to know of it. */
public interface ReplicationRole {
  /** Becomes, or stays, the replica of a server. */
  void follow(String host, int port);

  /** The same, of a server whose data are not what this node has. */
  void followStranger(String host, int port);

  /** Whether what this node has came from the master that it follows, or from its predecessors. */
  boolean isOfItsMaster();

  /** Ceases to be a replica, keeping what it has, and lets former siblings resume from it. */
  void lead();

  /** Bytes of the replication stream produced (as master) or applied (as replica). */
  long offset();

  /** Whether a replica's link to its master is up. */
  boolean isLinkUp();

  /** Unix milliseconds of a replica's last contact with its master, or of the loss of the link. */
  long lastContact();

  /** Whether a master to follow has been set. */
  boolean hasMaster();

  /** Holds writing commands back until a time (Unix milliseconds), or lets them go with 0. */
  void holdWritesUntil(long unixMillis);
}
