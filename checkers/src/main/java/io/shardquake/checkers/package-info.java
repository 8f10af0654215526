/**
 * Verdicts and what they rest on. A checker is a pure function from {@link
 * io.shardquake.checkers.Evidence} to a {@link io.shardquake.checkers.Verdict}.
 */
@NullMarked
package io.shardquake.checkers;

import org.jspecify.annotations.NullMarked;
