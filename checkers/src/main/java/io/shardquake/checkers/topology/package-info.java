/** What each node of a cluster said about the cluster, over time. */
@NullMarked
package io.shardquake.checkers.topology;

import org.jspecify.annotations.NullMarked;
