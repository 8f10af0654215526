/** The workload {@code counter}: increments, none lost and none doubled. */
@NullMarked
package io.shardquake.workloads.counter;

import org.jspecify.annotations.NullMarked;
