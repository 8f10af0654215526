/** Commands on sorted sets. */
@NullMarked
package io.shardquake.node.core.sortedset;

import org.jspecify.annotations.NullMarked;
