/** Tests of {@code io.shardquake.harness.cluster.check}. */
@NullMarked
package io.shardquake.harness.cluster.check;

import org.jspecify.annotations.NullMarked;
