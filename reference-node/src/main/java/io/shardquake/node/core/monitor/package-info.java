/** Watching the node at work: MONITOR, the slow log, latencies. */
@NullMarked
package io.shardquake.node.core.monitor;

import org.jspecify.annotations.NullMarked;
