/** Commands on lists. */
@NullMarked
package io.shardquake.node.core.list;

import org.jspecify.annotations.NullMarked;
