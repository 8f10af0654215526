/**
 * Network faults without privileges: a proxy before each node's ports that can hurt what flows
 * through it, by direction, and the shapes of partitions.
 */
@NullMarked
package io.shardquake.faults.network;

import org.jspecify.annotations.NullMarked;
