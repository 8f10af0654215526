/**
 * A network of a run's own: a namespace that vanishes with its last process, and a packet filter in
 * it.
 */
@NullMarked
package io.shardquake.harness.netns;

import org.jspecify.annotations.NullMarked;
