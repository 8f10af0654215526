/** The workload {@code queue}: items go through a list, each once and in order. */
@NullMarked
package io.shardquake.workloads.queue;

import org.jspecify.annotations.NullMarked;
