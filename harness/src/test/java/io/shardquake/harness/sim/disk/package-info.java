@NullMarked
package io.shardquake.harness.sim.disk;

import org.jspecify.annotations.NullMarked;
