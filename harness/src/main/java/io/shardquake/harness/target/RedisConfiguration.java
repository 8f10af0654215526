package io.shardquake.harness.target;

import io.shardquake.harness.cluster.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes {@code redis.conf} for a node of a cluster under test. Pure. */
final class RedisConfiguration {
  private RedisConfiguration() {}

  /**
   * The lines of the file. Paths in it are relative to the node's directory, which the process is
   * started in.
   */
  static List<String> render(NodePlace place, ServerVersion version, ClusterOptions options) {
    NodeAddress address = place.own();
    List<String> lines = new ArrayList<>();
    lines.add("port " + address.port());
    lines.add("bind " + address.host());
    if (version.isAtLeast(7, 0)) {
      // Peers and proxies tell nodes apart by the address that their connections come from.
      lines.add("bind-source-addr " + address.host());
      // A fault blocks the server's thread, and replicas are compared with their masters by DEBUG
      // DIGEST, both from outside where servers live in containers. They serve nobody but a run.
      lines.add("enable-debug-command yes");
    } else if (version.isAtLeast(4, 0) && !place.isProxied()) {
      lines.add("cluster-announce-ip " + address.host());
    }
    if (place.isProxied()) {
      lines.add("cluster-announce-ip " + address.host());
      lines.add("cluster-announce-port " + place.entrance().port());
      lines.add("cluster-announce-bus-port " + place.entranceBusPort());
    }
    if (version.isAtLeast(3, 2)) {
      lines.add("protected-mode no");
    }
    lines.add("daemonize no");
    lines.add("dir .");
    lines.add("logfile \"\"");
    lines.add("cluster-enabled yes");
    lines.add("cluster-config-file nodes.conf");
    lines.add("cluster-node-timeout " + options.nodeTimeout().toMillis());
    lines.add("appendonly yes");
    lines.add("appendfsync " + options.appendFsync().name().toLowerCase(Locale.ROOT));
    lines.add("save \"\"");
    // A replica that comes back shall not wait 5 s for others that might want the same snapshot.
    lines.add("repl-diskless-sync-delay 0");
    lines.addAll(options.directives());
    return List.copyOf(lines);
  }
}
