/** The nemesis: carries out a fault plan on a cluster, proves each fault, and heals. */
@NullMarked
package io.shardquake.faults.nemesis;

import org.jspecify.annotations.NullMarked;
