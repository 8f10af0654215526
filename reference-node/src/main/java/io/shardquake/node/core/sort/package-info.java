/** SORT. */
@NullMarked
package io.shardquake.node.core.sort;

import org.jspecify.annotations.NullMarked;
