/** Workloads: what clients ask of a cluster, and how it is judged. */
@NullMarked
package io.shardquake.workloads;

import org.jspecify.annotations.NullMarked;
