/** What a nemesis may ask of whoever administers the slots of a cluster. */
@NullMarked
package io.shardquake.faults.slots;

import org.jspecify.annotations.NullMarked;
