/** Client-side caching: telling clients that keys they hold have changed. */
@NullMarked
package io.shardquake.node.core.tracking;

import org.jspecify.annotations.NullMarked;
