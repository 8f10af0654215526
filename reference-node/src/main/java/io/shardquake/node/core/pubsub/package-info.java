/** Messages to subscribers (Redis documentation, "Redis Pub/Sub"), sharded ones included. */
@NullMarked
package io.shardquake.node.core.pubsub;

import org.jspecify.annotations.NullMarked;
