/** Redis Cluster administration over its own protocol: forming, reading and changing clusters. */
@NullMarked
package io.shardquake.harness.cluster;

import org.jspecify.annotations.NullMarked;
