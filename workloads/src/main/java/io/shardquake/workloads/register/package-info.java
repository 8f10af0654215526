/** The workload {@code register}: reads, unique writes and compare-and-set on many keys. */
@NullMarked
package io.shardquake.workloads.register;

import org.jspecify.annotations.NullMarked;
