/** What the node tells of itself: INFO, and the figures behind it. */
@NullMarked
package io.shardquake.node.core.info;

import org.jspecify.annotations.NullMarked;
