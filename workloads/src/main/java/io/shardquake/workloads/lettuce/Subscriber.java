package io.shardquake.workloads.lettuce;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.shardquake.workloads.cluster.Endpoint;
import java.util.concurrent.CompletionStage;

/** Opens connections to listen over. Thread-safe. */
@FunctionalInterface
interface Subscriber {
  /** Begins to open a connection; a failure comes through the stage, never as an exception. */
  CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connect(Endpoint endpoint);
}
