/**
 * Whether acknowledged writes were lost, and whether Redis Cluster allows their loss: the part of
 * its promises that is about data.
 */
@NullMarked
package io.shardquake.checkers.durability;

import org.jspecify.annotations.NullMarked;
