/** What all nodes of a cluster say, together. */
@NullMarked
package io.shardquake.harness.cluster.state;

import org.jspecify.annotations.NullMarked;
