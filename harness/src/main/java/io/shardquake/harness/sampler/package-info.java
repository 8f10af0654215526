/** Records over time what every node says about the cluster. */
@NullMarked
package io.shardquake.harness.sampler;

import org.jspecify.annotations.NullMarked;
