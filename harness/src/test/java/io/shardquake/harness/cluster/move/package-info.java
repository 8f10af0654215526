/** Tests of {@code io.shardquake.harness.cluster.move}. */
@NullMarked
package io.shardquake.harness.cluster.move;

import org.jspecify.annotations.NullMarked;
