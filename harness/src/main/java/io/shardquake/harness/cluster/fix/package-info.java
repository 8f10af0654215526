/** Repairs clusters without losing a key, also while clients write. */
@NullMarked
package io.shardquake.harness.cluster.fix;

import org.jspecify.annotations.NullMarked;
