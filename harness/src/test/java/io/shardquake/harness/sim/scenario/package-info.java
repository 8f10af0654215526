/** Whether simulated clusters go the way that live ones go. */
@NullMarked
package io.shardquake.harness.sim.scenario;

import org.jspecify.annotations.NullMarked;
