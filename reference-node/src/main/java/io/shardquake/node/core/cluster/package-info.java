/**
 * The cluster as one node sees it: who is there, who owns which slot, who is down, who is elected.
 */
@NullMarked
package io.shardquake.node.core.cluster;

import org.jspecify.annotations.NullMarked;
