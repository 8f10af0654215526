/** What is remembered of everything that happens: a rolling hash, and lines for people. */
@NullMarked
package io.shardquake.harness.sim.trace;

import org.jspecify.annotations.NullMarked;
