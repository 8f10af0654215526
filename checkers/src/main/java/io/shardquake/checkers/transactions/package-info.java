/**
 * Judges transactions over lists in the manner of Elle: by the order in which they must have
 * happened, derived from what they saw. See {@code docs/transactions.md}.
 */
@NullMarked
package io.shardquake.checkers.transactions;

import org.jspecify.annotations.NullMarked;
