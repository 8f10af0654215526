/** Compares the core, command for command, with a real redis-server. */
@NullMarked
package io.shardquake.node.differential;

import org.jspecify.annotations.NullMarked;
