/** What a linearizability algorithm takes (one object's operations, limits) and gives. */
@NullMarked
package io.shardquake.checkers.linearizability.analysis;

import org.jspecify.annotations.NullMarked;
