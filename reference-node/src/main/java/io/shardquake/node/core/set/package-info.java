/** Commands on sets. */
@NullMarked
package io.shardquake.node.core.set;

import org.jspecify.annotations.NullMarked;
