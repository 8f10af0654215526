package io.shardquake.node.core.config;

import java.util.List;

/**
 * Directives of Redis 7.0.15 that change nothing here, because what they tune does not exist in
 * this node: threads, allocators, forks, the shell's integration with an operating system. They are
 * taken all the same, so that a configuration file of Redis serves, and tools find what they set.
 */
final class IdleDirectives {
  private static final Directive.Type YES_NO = new Directive.YesNo();
  private static final Directive.Type MEMORY = new Directive.Memory(1);
  private static final Directive.Type TEXT = new Directive.Text();
  private static final Directive.Type COUNT = new Directive.Whole(0, Integer.MAX_VALUE);
  private static final Directive.Type WHOLE =
      new Directive.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private static final Directive.Type PERCENT = new Directive.Whole(1, 99);

  /** Redis built without its own allocator refuses it, too. */
  private static final Directive.Type NEVER_YES =
      value -> {
        String canonical = YES_NO.canonical(value);
        if (canonical.equals("yes")) {
          throw new IllegalArgumentException(
              "Active defragmentation cannot be enabled: it requires a Redis server compiled with"
                  + " a modified Jemalloc like the one shipped by default with the Redis source"
                  + " distribution");
        }
        return canonical;
      };

  static final List<Directive> ALL =
      List.of(
          set("active-defrag-cycle-max", PERCENT, "25"),
          set("active-defrag-cycle-min", PERCENT, "1"),
          set("active-defrag-ignore-bytes", MEMORY, "104857600"),
          set("active-defrag-max-scan-fields", new Directive.Whole(1, Long.MAX_VALUE), "1000"),
          set("active-defrag-threshold-lower", new Directive.Whole(0, 1000), "10"),
          set("active-defrag-threshold-upper", new Directive.Whole(0, 1000), "100"),
          set("active-expire-effort", new Directive.Whole(1, 10), "1"),
          set("activedefrag", NEVER_YES, "no"),
          set("activerehashing", YES_NO, "yes"),
          fixed("always-show-logo", YES_NO, "no"),
          set("aof-disable-auto-gc", YES_NO, "no"),
          set("aof-rewrite-incremental-fsync", YES_NO, "yes"),
          fixed("aof_rewrite_cpulist", TEXT, ""),
          fixed("bgsave_cpulist", TEXT, ""),
          fixed("bio_cpulist", TEXT, ""),
          set("crash-log-enabled", YES_NO, "yes"),
          set("crash-memcheck-enabled", YES_NO, "yes"),
          fixed("disable-thp", YES_NO, "yes"),
          set("dynamic-hz", YES_NO, "yes"),
          fixed("enable-module-command", oneOf("no", "yes", "local"), "no"),
          fixed("enable-protected-configs", oneOf("no", "yes", "local"), "no"),
          set("ignore-warnings", TEXT, ""),
          fixed("io-threads", new Directive.Whole(1, 128), "1"),
          fixed("io-threads-do-reads", YES_NO, "no"),
          set("jemalloc-bg-thread", YES_NO, "yes"),
          set("list-compress-depth", COUNT, "0"),
          set("maxmemory-clients", new Directive.MemoryOrPercent(), "0"),
          set("maxmemory-eviction-tenacity", new Directive.Whole(0, 100), "10"),
          set("oom-score-adj", oneOf("no", "yes", "relative", "absolute"), "no"),
          set("oom-score-adj-values", new ScoresType(), "0 200 800"),
          fixed("pidfile", TEXT, ""),
          set("proc-title-template", new TitleType(), "{title} {listen-addr} {server-mode}"),
          set(
              "propagation-error-behavior",
              oneOf("ignore", "panic", "panic-on-replicas"),
              "ignore"),
          set("rdb-del-sync-files", YES_NO, "no"),
          set("rdb-save-incremental-fsync", YES_NO, "yes"),
          set("repl-diskless-load", oneOf("disabled", "on-empty-db", "swapdb"), "disabled"),
          set("replica-announced", YES_NO, "yes"),
          set("replica-ignore-disk-write-errors", YES_NO, "no"),
          set("sanitize-dump-payload", oneOf("no", "yes", "clients"), "no"),
          fixed("server_cpulist", TEXT, ""),
          fixed("set-proc-title", YES_NO, "yes"),
          set("shutdown-on-sigint", new ShutdownFlagsType(), "default"),
          set("shutdown-on-sigterm", new ShutdownFlagsType(), "default"),
          fixed("socket-mark-id", COUNT, "0"),
          fixed("supervised", oneOf("no", "upstart", "systemd", "auto"), "no"),
          fixed("syslog-enabled", YES_NO, "no"),
          fixed("syslog-facility", TEXT, "local0"),
          fixed("syslog-ident", TEXT, "redis"),
          set("tracking-table-max-keys", new Directive.Whole(0, Long.MAX_VALUE), "1000000"),
          fixed("unixsocket", TEXT, ""),
          fixed("unixsocketperm", WHOLE, "0"));

  private IdleDirectives() {}

  private static Directive set(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.ANY_TIME);
  }

  private static Directive fixed(String name, Directive.Type type, String defaultValue) {
    return new Directive(name, "", type, defaultValue, Directive.Change.NEVER);
  }

  private static Directive.Type oneOf(String... words) {
    return new Directive.OneOf(List.of(words));
  }
}
