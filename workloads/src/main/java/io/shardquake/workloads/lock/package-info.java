/** The workload {@code lock}: mutual exclusion by keys that expire. */
@NullMarked
package io.shardquake.workloads.lock;

import org.jspecify.annotations.NullMarked;
