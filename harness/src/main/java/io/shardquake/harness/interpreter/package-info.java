/**
 * The live interpreter: the one loop that gives index and time to what clients do to a real
 * cluster.
 */
@NullMarked
package io.shardquake.harness.interpreter;

import org.jspecify.annotations.NullMarked;
