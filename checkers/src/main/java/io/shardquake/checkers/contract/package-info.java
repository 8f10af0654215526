/** What Redis Cluster promises, each promise a checker with a verdict of its own. */
@NullMarked
package io.shardquake.checkers.contract;

import org.jspecify.annotations.NullMarked;
