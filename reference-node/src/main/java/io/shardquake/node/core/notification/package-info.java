/** Messages about changes of keys (Redis documentation, "Redis keyspace notifications"). */
@NullMarked
package io.shardquake.node.core.notification;

import org.jspecify.annotations.NullMarked;
