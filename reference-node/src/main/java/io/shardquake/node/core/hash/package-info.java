/** Commands on hashes. */
@NullMarked
package io.shardquake.node.core.hash;

import org.jspecify.annotations.NullMarked;
