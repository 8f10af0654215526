/** What ties faults to real time and real threads. */
@NullMarked
package io.shardquake.faults.live;

import org.jspecify.annotations.NullMarked;
