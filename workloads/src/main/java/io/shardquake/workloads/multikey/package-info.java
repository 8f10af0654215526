/** The workload {@code multi-key}: several keys of one slot at once, and of several slots. */
@NullMarked
package io.shardquake.workloads.multikey;

import org.jspecify.annotations.NullMarked;
