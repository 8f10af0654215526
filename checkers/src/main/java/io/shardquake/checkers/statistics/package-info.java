/** How much was asked, what came of it, how fast, and where and how long nothing worked. */
@NullMarked
package io.shardquake.checkers.statistics;

import org.jspecify.annotations.NullMarked;
