/** The workload {@code stale-read}: what replicas show, and how old it is. */
@NullMarked
package io.shardquake.workloads.replicaread;

import org.jspecify.annotations.NullMarked;
