/** Faults of the links between nodes, and between nodes and clients, done by a link proxy. */
@NullMarked
package io.shardquake.faults.injector.link;

import org.jspecify.annotations.NullMarked;
