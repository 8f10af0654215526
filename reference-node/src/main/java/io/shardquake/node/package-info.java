/** A Redis Cluster node: {@code core} without I/O, {@code server} around it. */
@NullMarked
package io.shardquake.node;

import org.jspecify.annotations.NullMarked;
