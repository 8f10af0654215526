/** The commands on streams. */
@NullMarked
package io.shardquake.node.core.stream;

import org.jspecify.annotations.NullMarked;
