/**
 * The node as a state machine: inputs and the time in, ordered effects out. No clock, no thread, no
 * socket, no file.
 */
@NullMarked
package io.shardquake.node.core;

import org.jspecify.annotations.NullMarked;
