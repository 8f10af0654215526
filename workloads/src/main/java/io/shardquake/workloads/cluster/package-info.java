/**
 * How an operation finds its way through a cluster: slots, redirections, and the rule that its
 * effect is asked for at most once. Nothing here knows a clock, a socket or a thread: a transport
 * and a timer are given, so that the same code runs in real and in virtual time.
 */
@NullMarked
package io.shardquake.workloads.cluster;

import org.jspecify.annotations.NullMarked;
