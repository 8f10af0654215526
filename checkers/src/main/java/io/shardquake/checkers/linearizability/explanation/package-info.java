/** Why a history is not linearizable, in words and as data: worked out after the verdict. */
@NullMarked
package io.shardquake.checkers.linearizability.explanation;

import org.jspecify.annotations.NullMarked;
