/** The keys that workloads use: spread over all slots, and retired before their histories grow. */
@NullMarked
package io.shardquake.workloads.keys;

import org.jspecify.annotations.NullMarked;
