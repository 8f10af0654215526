/**
 * Faults as data: what, where, when; plans of them, their text, and the planner that makes them.
 */
@NullMarked
package io.shardquake.faults.plan;

import org.jspecify.annotations.NullMarked;
