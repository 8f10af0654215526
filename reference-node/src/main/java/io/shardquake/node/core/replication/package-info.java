/**
 * Replication by PSYNC, both sides of it: the stream of a master and its backlog, replicas and
 * their synchronization, the link to a master (Redis documentation, "Redis replication").
 */
@NullMarked
package io.shardquake.node.core.replication;

import org.jspecify.annotations.NullMarked;
