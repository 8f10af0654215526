/** How much memory the data takes: MEMORY, and keeping to maxmemory. */
@NullMarked
package io.shardquake.node.core.memory;

import org.jspecify.annotations.NullMarked;
