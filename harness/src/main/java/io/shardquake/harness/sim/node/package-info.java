/** Simulated nodes: reference cores with a process, a clock, a disk and connections. */
@NullMarked
package io.shardquake.harness.sim.node;

import org.jspecify.annotations.NullMarked;
