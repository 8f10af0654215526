/**
 * Is a recorded history linearizable? {@code LinearizabilityCheck} is the whole public entry;
 * {@code model} holds what an object is supposed to do, {@code analysis} what the algorithms take
 * and give, {@code search} and {@code unique} the algorithms, {@code explanation} the argument
 * behind a verdict.
 */
@NullMarked
package io.shardquake.checkers.linearizability;

import org.jspecify.annotations.NullMarked;
