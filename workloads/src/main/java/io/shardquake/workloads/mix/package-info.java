/** Several workloads in one run. */
@NullMarked
package io.shardquake.workloads.mix;

import org.jspecify.annotations.NullMarked;
