/** Faults of disks and clocks. */
@NullMarked
package io.shardquake.faults.injector.disk;

import org.jspecify.annotations.NullMarked;
