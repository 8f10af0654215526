/** What must hold in every correct cluster after every turn of every node. */
@NullMarked
package io.shardquake.harness.sim.invariant;

import org.jspecify.annotations.NullMarked;
