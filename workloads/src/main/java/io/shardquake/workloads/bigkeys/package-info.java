/** The workload {@code big-keys}: registers of a mebibyte and more. */
@NullMarked
package io.shardquake.workloads.bigkeys;

import org.jspecify.annotations.NullMarked;
