/** Which faults were injected, where, when, and how each one proved that it bit. */
@NullMarked
package io.shardquake.checkers.faultlog;

import org.jspecify.annotations.NullMarked;
