/** The simulated network: connections as TCP shows them, and what can go wrong with them. */
@NullMarked
package io.shardquake.harness.sim.network;

import org.jspecify.annotations.NullMarked;
