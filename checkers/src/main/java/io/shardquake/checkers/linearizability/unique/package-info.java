/**
 * Decisions in near-linear time, for histories whose values tell which operation they come from.
 * The theorems and their proofs are in {@code docs/checkers.md}.
 */
@NullMarked
package io.shardquake.checkers.linearizability.unique;

import org.jspecify.annotations.NullMarked;
