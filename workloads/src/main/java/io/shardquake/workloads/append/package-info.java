/** The workload {@code append}: transactions that read lists and append to them. */
@NullMarked
package io.shardquake.workloads.append;

import org.jspecify.annotations.NullMarked;
