@NullMarked
package io.shardquake.harness.sim.network;

import org.jspecify.annotations.NullMarked;
