/** Tests of slot planning. */
@NullMarked
package io.shardquake.harness.cluster.plan;

import org.jspecify.annotations.NullMarked;
