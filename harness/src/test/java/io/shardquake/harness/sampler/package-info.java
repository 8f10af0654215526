/** Tests of {@code io.shardquake.harness.sampler}. */
@NullMarked
package io.shardquake.harness.sampler;

import org.jspecify.annotations.NullMarked;
