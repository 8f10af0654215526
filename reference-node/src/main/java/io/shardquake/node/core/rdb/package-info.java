/**
 * RDB, Redis's format for snapshots: written in the plain encodings of version 10, read in all that
 * Redis up to 7.0 has ever written.
 */
@NullMarked
package io.shardquake.node.core.rdb;

import org.jspecify.annotations.NullMarked;
