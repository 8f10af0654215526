/**
 * What keeps the data when the process ends: snapshots in RDB files and the append-only file, their
 * writing beside the traffic and their loading at the start.
 */
@NullMarked
package io.shardquake.node.core.persistence;

import org.jspecify.annotations.NullMarked;
