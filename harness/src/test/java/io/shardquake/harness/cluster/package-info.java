/** Tests of {@code io.shardquake.harness.cluster}. */
@NullMarked
package io.shardquake.harness.cluster;

import org.jspecify.annotations.NullMarked;
