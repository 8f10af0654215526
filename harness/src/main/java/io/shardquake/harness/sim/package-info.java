/** Whole experiments in virtual time, on one thread, the same for the same seed. */
@NullMarked
package io.shardquake.harness.sim;

import org.jspecify.annotations.NullMarked;
