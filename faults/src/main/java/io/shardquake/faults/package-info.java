/** Faults: their vocabulary, plans, planners, the nemesis, and what it may ask of a cluster. */
@NullMarked
package io.shardquake.faults;

import org.jspecify.annotations.NullMarked;
