/** Transport over real connections, by Lettuce and Netty. */
@NullMarked
package io.shardquake.workloads.lettuce;

import org.jspecify.annotations.NullMarked;
