/** The workload {@code set}: unique elements, and what became of each. */
@NullMarked
package io.shardquake.workloads.set;

import org.jspecify.annotations.NullMarked;
