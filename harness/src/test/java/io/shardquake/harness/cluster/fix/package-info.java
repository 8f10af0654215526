/** Tests of {@code io.shardquake.harness.cluster.fix}. */
@NullMarked
package io.shardquake.harness.cluster.fix;

import org.jspecify.annotations.NullMarked;
