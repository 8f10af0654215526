/** Virtual time: the queue of events that everything in a simulation happens from. */
@NullMarked
package io.shardquake.harness.sim.time;

import org.jspecify.annotations.NullMarked;
