/** The faults themselves: how each is injected, how it proves that it bit, how it is healed. */
@NullMarked
package io.shardquake.faults.injector;

import org.jspecify.annotations.NullMarked;
