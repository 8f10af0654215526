/** The workload {@code wait}: writes that replicas are known to have. */
@NullMarked
package io.shardquake.workloads.acknowledgement;

import org.jspecify.annotations.NullMarked;
