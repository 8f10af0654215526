/** Positions on Earth in sorted sets, by geohash: the GEO commands. */
@NullMarked
package io.shardquake.node.core.geo;

import org.jspecify.annotations.NullMarked;
