@NullMarked
package io.shardquake.harness.sim.determinism;

import org.jspecify.annotations.NullMarked;
