/** Faults of the nodes' processes, done by signals. */
@NullMarked
package io.shardquake.faults.injector.process;

import org.jspecify.annotations.NullMarked;
