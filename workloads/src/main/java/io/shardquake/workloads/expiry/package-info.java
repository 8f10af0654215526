/** The workload {@code expiry}: keys that live for as long as they were promised to. */
@NullMarked
package io.shardquake.workloads.expiry;

import org.jspecify.annotations.NullMarked;
