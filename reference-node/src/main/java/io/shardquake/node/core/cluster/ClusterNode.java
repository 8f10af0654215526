package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.SlotBitmap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What this node knows of one member of the cluster, itself included. Not thread-safe. */
final class ClusterNode {
  private String id;
  private final long createdAt;
  private int flags;
  private String ip = "";
  private int port;
  private int plainPort;
  private int busPort;
  private String hostname = "";
  private long configEpoch;
  private final SlotBitmap slots = new SlotBitmap();
  private @Nullable ClusterNode master;
  private final Map<String, ClusterNode> replicas = new TreeMap<>();
  private @Nullable ClusterLink outbound;
  private @Nullable ClusterLink inbound;
  private final Map<String, Long> failureReports = new TreeMap<>();

  /** Unix milliseconds of the unanswered ping; 0 if none. */
  long pingSent;

  /** Unix milliseconds of the last answer; 0 if there was none. */
  long pongReceived;

  /** Unix milliseconds of the last message of any kind. */
  long dataReceived;

  /** Unix milliseconds since when it is held to have failed. */
  long failedAt;

  /** Unix milliseconds of this node's last vote for a replica of it. */
  long votedAt;

  /** Since when this master has no working replica, Unix milliseconds; 0 if it has. */
  long orphanedSince;

  /** How far its replication stream has come, by its own word. */
  long replicationOffset;

  ClusterNode(String id, int flags, long createdAt) {
    this.id = id;
    this.flags = flags;
    this.createdAt = createdAt;
  }

  String id() {
    return id;
  }

  void rename(String to) {
    this.id = to;
  }

  long createdAt() {
    return createdAt;
  }

  int flags() {
    return flags;
  }

  boolean is(NodeFlag flag) {
    return flag.in(flags);
  }

  void set(NodeFlag flag) {
    flags |= flag.bit();
  }

  void clear(NodeFlag flag) {
    flags &= ~flag.bit();
  }

  boolean isMyself() {
    return is(NodeFlag.MYSELF);
  }

  boolean isMaster() {
    return is(NodeFlag.MASTER);
  }

  /** Whether it takes part in votes: a master with slots. */
  boolean isVoter() {
    return isMaster() && slots.count() > 0;
  }

  boolean isFailing() {
    return is(NodeFlag.FAIL) || is(NodeFlag.PFAIL);
  }

  String ip() {
    return ip;
  }

  int port() {
    return port;
  }

  int plainPort() {
    return plainPort;
  }

  int busPort() {
    return busPort;
  }

  void address(String newIp, int newPort, int newPlainPort, int newBusPort) {
    this.ip = newIp;
    this.port = newPort;
    this.plainPort = newPlainPort;
    this.busPort = newBusPort;
  }

  boolean hasAddress(String otherIp, int otherPort, int otherBusPort) {
    return ip.equals(otherIp) && port == otherPort && busPort == otherBusPort;
  }

  String hostname() {
    return hostname;
  }

  void nameHost(String name) {
    this.hostname = name;
  }

  long configEpoch() {
    return configEpoch;
  }

  void configEpoch(long epoch) {
    this.configEpoch = epoch;
  }

  /** The slots it owns. */
  SlotBitmap slots() {
    return slots;
  }

  /** The master it follows, if it is a replica and that is known. */
  Optional<ClusterNode> master() {
    return Optional.ofNullable(master);
  }

  /** Makes it a replica of another, in the books of both. */
  void follow(ClusterNode other) {
    unfollow();
    master = other;
    other.replicas.put(id, this);
    other.set(NodeFlag.MIGRATE_TO);
  }

  /** Takes it off its master's books. */
  void unfollow() {
    if (master != null) {
      master.replicas.remove(id);
      if (master.replicas.isEmpty()) {
        master.clear(NodeFlag.MIGRATE_TO);
      }
      master = null;
    }
  }

  /** Its replicas by ID. */
  Map<String, ClusterNode> replicas() {
    return replicas;
  }

  /** Number of its replicas that are not held to have failed. */
  int workingReplicas() {
    int count = 0;
    for (ClusterNode replica : replicas.values()) {
      if (!replica.is(NodeFlag.FAIL)) {
        count++;
      }
    }
    return count;
  }

  Optional<ClusterLink> outbound() {
    return Optional.ofNullable(outbound);
  }

  void outbound(@Nullable ClusterLink link) {
    this.outbound = link;
  }

  Optional<ClusterLink> inbound() {
    return Optional.ofNullable(inbound);
  }

  void inbound(@Nullable ClusterLink link) {
    this.inbound = link;
  }

  /** Who reported it as failing, and when last, Unix milliseconds. */
  Map<String, Long> failureReports() {
    return failureReports;
  }

  @Override
  public String toString() {
    return id;
  }
}
