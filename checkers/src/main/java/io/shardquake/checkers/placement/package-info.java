/** Whether every operation was answered by a node that the cluster said was responsible for it. */
@NullMarked
package io.shardquake.checkers.placement;

import org.jspecify.annotations.NullMarked;
