/** Operations as they were recorded: who asked what, when, and what became of it. */
@NullMarked
package io.shardquake.checkers.history;

import org.jspecify.annotations.NullMarked;
