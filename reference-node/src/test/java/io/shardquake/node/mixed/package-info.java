/** Puts this node and real redis-servers, each in a process of its own, into one system. */
@NullMarked
package io.shardquake.node.mixed;

import org.jspecify.annotations.NullMarked;
