/** Commands on strings as arrays of bits (Redis documentation, group "bitmap"). */
@NullMarked
package io.shardquake.node.core.bitmap;

import org.jspecify.annotations.NullMarked;
