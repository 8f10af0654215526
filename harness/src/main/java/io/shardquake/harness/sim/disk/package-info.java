/** The simulated disk: what a node has written, and what of it a crash leaves. */
@NullMarked
package io.shardquake.harness.sim.disk;

import org.jspecify.annotations.NullMarked;
