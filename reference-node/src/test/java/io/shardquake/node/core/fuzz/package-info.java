/** Bytes that make no sense, or nearly make sense, on every way into the node. */
@NullMarked
package io.shardquake.node.core.fuzz;

import org.jspecify.annotations.NullMarked;
