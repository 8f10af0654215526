/** The workloads {@code pubsub} and {@code shard-pubsub}: what subscribers hear. */
@NullMarked
package io.shardquake.workloads.pubsub;

import org.jspecify.annotations.NullMarked;
