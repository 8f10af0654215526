/** Measurements of whole runs against real servers. */
@NullMarked
package io.shardquake.harness.bench;

import org.jspecify.annotations.NullMarked;
