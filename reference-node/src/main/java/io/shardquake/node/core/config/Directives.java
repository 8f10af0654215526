package io.shardquake.node.core.config;

import java.util.List;

/** The directives this node knows, with the defaults of Redis 7.0.15. */
final class Directives {
  private static final Directive.Type YES_NO = new Directive.YesNo();
  private static final long MEBIBYTE = 1_048_576;
  private static final Directive.Type MEMORY = atLeast(0);
  private static final Directive.Type TEXT = new Directive.Text();
  private static final Directive.Type COUNT = number(0, Integer.MAX_VALUE);
  private static final Directive.Type LONG = number(0, Long.MAX_VALUE);
  private static final Directive.Type PORT = number(0, 65_535);

  static final List<Directive> ALL =
      List.of(
          fixed("port", PORT, "6379"),
          fixed("bind", TEXT, "127.0.0.1"),
          set("bind-source-addr", TEXT, ""),
          guarded("dir", TEXT, "."),
          fixed("daemonize", YES_NO, "no"),
          fixed("databases", number(1, Integer.MAX_VALUE), "16"),
          fixed("logfile", TEXT, ""),
          set("loglevel", oneOf("debug", "verbose", "notice", "warning"), "notice"),
          set("requirepass", TEXT, ""),
          set("masterauth", TEXT, ""),
          set("masteruser", TEXT, ""),
          set("protected-mode", YES_NO, "yes"),
          fixed("enable-debug-command", oneOf("no", "yes", "local"), "no"),
          set("maxclients", number(1, 4_294_967_295L), "10000"),
          set("timeout", COUNT, "0"),
          set("tcp-keepalive", COUNT, "300"),
          fixed("tcp-backlog", COUNT, "511"),
          set("hz", new Directive.Clamped(COUNT, 1, 500), "10"),
          set("proto-max-bulk-len", atLeast(MEBIBYTE), "536870912"),
          set("client-query-buffer-limit", atLeast(MEBIBYTE), "1073741824"),
          set(
              "client-output-buffer-limit",
              new OutputLimitsType(),
              "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"),
          set("maxmemory", MEMORY, "0"),
          set(
              "maxmemory-policy",
              oneOf(
                  "volatile-lru",
                  "volatile-lfu",
                  "volatile-random",
                  "volatile-ttl",
                  "allkeys-lru",
                  "allkeys-lfu",
                  "allkeys-random",
                  "noeviction"),
              "noeviction"),
          set("lazyfree-lazy-expire", YES_NO, "no"),
          set("lazyfree-lazy-eviction", YES_NO, "no"),
          set("lazyfree-lazy-server-del", YES_NO, "no"),
          set("lazyfree-lazy-user-del", YES_NO, "no"),
          set("lazyfree-lazy-user-flush", YES_NO, "no"),
          set("hash-max-listpack-entries", "hash-max-ziplist-entries", LONG, "512"),
          set("hash-max-listpack-value", "hash-max-ziplist-value", MEMORY, "64"),
          set("zset-max-listpack-entries", "zset-max-ziplist-entries", LONG, "128"),
          set("zset-max-listpack-value", "zset-max-ziplist-value", MEMORY, "64"),
          set("set-max-intset-entries", LONG, "512"),
          set(
              "list-max-listpack-size",
              "list-max-ziplist-size",
              number(Integer.MIN_VALUE, Integer.MAX_VALUE),
              "-2"),
          set("save", new SavePointsType(), "3600 1 300 100 60 10000"),
          guarded("dbfilename", TEXT, "dump.rdb"),
          set("rdbcompression", YES_NO, "yes"),
          fixed("rdbchecksum", YES_NO, "yes"),
          set("stop-writes-on-bgsave-error", YES_NO, "yes"),
          set("appendonly", YES_NO, "no"),
          fixed("appendfilename", TEXT, "appendonly.aof"),
          fixed("appenddirname", TEXT, "appendonlydir"),
          set("appendfsync", oneOf("everysec", "always", "no"), "everysec"),
          set("no-appendfsync-on-rewrite", YES_NO, "no"),
          set("aof-load-truncated", YES_NO, "yes"),
          set("aof-use-rdb-preamble", YES_NO, "yes"),
          set("aof-timestamp-enabled", YES_NO, "no"),
          set("auto-aof-rewrite-percentage", COUNT, "100"),
          set("auto-aof-rewrite-min-size", MEMORY, "67108864"),
          set("shutdown-timeout", COUNT, "10"),
          set("repl-backlog-size", atLeast(1), "1048576"),
          set("repl-backlog-ttl", LONG, "3600"),
          set("repl-timeout", number(1, Integer.MAX_VALUE), "60"),
          set(
              "repl-ping-replica-period",
              "repl-ping-slave-period",
              number(1, Integer.MAX_VALUE),
              "10"),
          set("repl-diskless-sync", YES_NO, "yes"),
          set("repl-diskless-sync-delay", COUNT, "5"),
          set("repl-diskless-sync-max-replicas", COUNT, "0"),
          set("repl-disable-tcp-nodelay", YES_NO, "no"),
          set("replica-read-only", "slave-read-only", YES_NO, "yes"),
          set("replica-serve-stale-data", "slave-serve-stale-data", YES_NO, "yes"),
          set("replica-priority", "slave-priority", COUNT, "100"),
          set("replica-ignore-maxmemory", "slave-ignore-maxmemory", YES_NO, "yes"),
          set("replica-lazy-flush", "slave-lazy-flush", YES_NO, "no"),
          set("replica-announce-ip", "slave-announce-ip", TEXT, ""),
          set("replica-announce-port", "slave-announce-port", PORT, "0"),
          set("min-replicas-to-write", "min-slaves-to-write", COUNT, "0"),
          set("min-replicas-max-lag", "min-slaves-max-lag", COUNT, "10"),
          set("busy-reply-threshold", "lua-time-limit", LONG, "5000"),
          set("slowlog-log-slower-than", number(-1, Long.MAX_VALUE), "10000"),
          set("slowlog-max-len", LONG, "128"),
          set("latency-monitor-threshold", LONG, "0"),
          fixed("cluster-enabled", YES_NO, "no"),
          fixed("cluster-config-file", TEXT, "nodes.conf"),
          fixed("cluster-port", PORT, "0"),
          set("cluster-node-timeout", number(0, Long.MAX_VALUE), "15000"),
          set("cluster-announce-ip", TEXT, ""),
          set("cluster-announce-port", PORT, "0"),
          set("cluster-announce-tls-port", PORT, "0"),
          set("cluster-announce-bus-port", PORT, "0"),
          set("cluster-announce-hostname", TEXT, ""),
          set("cluster-preferred-endpoint-type", oneOf("ip", "hostname", "unknown-endpoint"), "ip"),
          set("cluster-replica-validity-factor", "cluster-slave-validity-factor", COUNT, "10"),
          set("cluster-replica-no-failover", "cluster-slave-no-failover", YES_NO, "no"),
          set("cluster-migration-barrier", COUNT, "1"),
          set("cluster-allow-replica-migration", YES_NO, "yes"),
          set("cluster-require-full-coverage", YES_NO, "yes"),
          set("cluster-allow-reads-when-down", YES_NO, "no"),
          set("cluster-allow-pubsubshard-when-down", YES_NO, "yes"),
          set("cluster-link-sendbuf-limit", MEMORY, "0"),
          set("maxmemory-samples", number(1, Integer.MAX_VALUE), "5"),
          set("lfu-log-factor", COUNT, "10"),
          set("lfu-decay-time", COUNT, "1"),
          set("hll-sparse-max-bytes", MEMORY, "3000"),
          set("stream-node-max-bytes", MEMORY, "4096"),
          set("stream-node-max-entries", number(0, Long.MAX_VALUE), "100"),
          set("notify-keyspace-events", new EventClassesType(), ""),
          set("acllog-max-len", number(0, Long.MAX_VALUE), "128"),
          set("acl-pubsub-default", oneOf("allchannels", "resetchannels"), "resetchannels"),
          fixed("aclfile", TEXT, ""),
          set("latency-tracking", YES_NO, "yes"),
          set("latency-tracking-info-percentiles", new PercentilesType(), "50 99 99.9"),
          fixed("replicaof", "slaveof", TEXT, ""));

  private Directives() {}

  private static Directive set(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.ANY_TIME);
  }

  private static Directive set(
      String name, String alias, Directive.Type type, String defaultValue) {
    return new Directive(name, alias, type, defaultValue, Directive.Change.ANY_TIME);
  }

  private static Directive fixed(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.NEVER);
  }

  private static Directive fixed(
      String name, String alias, Directive.Type type, String defaultValue) {
    return new Directive(name, alias, type, defaultValue, Directive.Change.NEVER);
  }

  private static Directive guarded(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.PROTECTED);
  }

  private static Directive.Type number(long least, long most) {
    return new Directive.Whole(least, most);
  }

  private static Directive.Type atLeast(long bytes) {
    return new Directive.Memory(bytes);
  }

  private static Directive.Type oneOf(String... words) {
    return new Directive.OneOf(List.of(words));
  }
}
