@NullMarked
package io.shardquake.harness.sim.client;

import org.jspecify.annotations.NullMarked;
