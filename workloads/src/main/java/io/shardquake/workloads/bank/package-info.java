/** The workload {@code bank}: transfers between accounts, whose total never changes. */
@NullMarked
package io.shardquake.workloads.bank;

import org.jspecify.annotations.NullMarked;
