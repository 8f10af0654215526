package io.shardquake.node.core;

import io.shardquake.node.core.client.Subscriptions;
import io.shardquake.node.core.command.ErrorStatistics;
import io.shardquake.node.core.info.InfoText;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.memory.Eviction;
import io.shardquake.node.core.pubsub.PubSub;
import io.shardquake.node.core.tracking.KeyTracking;
import java.util.function.Consumer;

/** What INFO tells in its section of statistics about keys, messages, caches and errors. */
final class StatisticsFields implements Consumer<InfoText> {
  private final Databases databases;
  private final PubSub pubSub;
  private final KeyTracking tracking;
  private final ErrorStatistics errors;
  private final Eviction eviction;

  StatisticsFields(
      Databases databases,
      PubSub pubSub,
      KeyTracking tracking,
      ErrorStatistics errors,
      Eviction eviction) {
    this.databases = databases;
    this.pubSub = pubSub;
    this.tracking = tracking;
    this.errors = errors;
    this.eviction = eviction;
  }

  @Override
  public void accept(InfoText text) {
    text.field("expired_keys", databases.all().stream().mapToLong(Keyspace::expired).sum());
    text.none("expired_time_cap_reached_count");
    text.field("evicted_keys", eviction.count());
    text.none("evicted_clients");
    text.field("keyspace_hits", databases.accesses().hits());
    text.field("keyspace_misses", databases.accesses().misses());
    text.field("pubsub_channels", pubSub.countNames(Subscriptions.Kind.CHANNEL));
    text.field("pubsub_patterns", pubSub.countNames(Subscriptions.Kind.PATTERN));
    text.field("pubsubshard_channels", pubSub.countNames(Subscriptions.Kind.SHARD_CHANNEL));
    text.none("latest_fork_usec");
    text.none("total_forks");
    text.field("tracking_total_keys", tracking.keys());
    text.field("total_error_replies", errors.total());
  }
}
