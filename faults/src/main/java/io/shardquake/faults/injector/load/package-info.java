/** Faults of what a server is given to do: too slow, too much, too large. */
@NullMarked
package io.shardquake.faults.injector.load;

import org.jspecify.annotations.NullMarked;
