/**
 * Files that a run appends to and that survive a crash of their writer: JSON Lines, of which at
 * most the last line is torn.
 */
@NullMarked
package io.shardquake.checkers.recording;

import org.jspecify.annotations.NullMarked;
