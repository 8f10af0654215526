@NullMarked
package io.shardquake.harness.sim.time;

import org.jspecify.annotations.NullMarked;
