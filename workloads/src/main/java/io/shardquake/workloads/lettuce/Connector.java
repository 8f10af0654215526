package io.shardquake.workloads.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;
import io.shardquake.workloads.cluster.Endpoint;
import java.util.concurrent.CompletionStage;

/** Opens connections. Thread-safe. */
@FunctionalInterface
interface Connector {
  /** Begins to open a connection; a failure comes through the stage, never as an exception. */
  CompletionStage<StatefulRedisConnection<byte[], byte[]>> connect(Endpoint endpoint);
}
