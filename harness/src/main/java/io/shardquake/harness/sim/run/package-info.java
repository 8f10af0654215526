/** One simulated experiment from the formation of its cluster to the last read. */
@NullMarked
package io.shardquake.harness.sim.run;

import org.jspecify.annotations.NullMarked;
