package io.shardquake.node.core.info;

import io.shardquake.node.core.config.Configuration;
import java.util.function.LongSupplier;

/** What the server is: version, process, port, age. */
final class ServerSection implements InfoSection {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long LRU_CLOCK_LIMIT = 1 << 24;

  private final Configuration configuration;
  private final ProcessFacts process;
  private final String runId;
  private final LongSupplier nowMicros;
  private final long startMicros;

  ServerSection(
      Configuration configuration, ProcessFacts process, String runId, LongSupplier nowMicros) {
    this.configuration = configuration;
    this.process = process;
    this.runId = runId;
    this.nowMicros = nowMicros;
    this.startMicros = nowMicros.getAsLong();
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public void write(InfoText text) {
    long now = nowMicros.getAsLong();
    long uptime = (now - startMicros) / MICROS_PER_SECOND;
    text.field("redis_version", "7.0.15");
    text.field("server_name", "shardquake-reference-node");
    text.field("redis_git_sha1", "00000000");
    text.field("redis_git_dirty", 0);
    text.field("redis_mode", configuration.yes("cluster-enabled") ? "cluster" : "standalone");
    text.field("os", process.started().system());
    text.field("arch_bits", 64);
    text.field("monotonic_clock", "System.nanoTime");
    text.field("multiplexing_api", "nio");
    text.field("process_id", process.started().pid());
    text.field("process_supervised", "no");
    text.field("run_id", runId);
    long port = configuration.number("port");
    text.field("tcp_port", port != 0 ? port : configuration.number("tls-port"));
    text.field("server_time_usec", now);
    text.field("uptime_in_seconds", uptime);
    text.field("uptime_in_days", uptime / SECONDS_PER_DAY);
    text.field("hz", configuration.number("hz"));
    text.field("configured_hz", configuration.number("hz"));
    text.field("lru_clock", now / MICROS_PER_SECOND % LRU_CLOCK_LIMIT);
    text.field("executable", process.started().executable());
    text.field("config_file", process.started().configFile());
    text.field("io_threads_active", 0);
  }
}
