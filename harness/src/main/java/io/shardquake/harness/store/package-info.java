/** The run store: one directory a run, readable by people and by the next start. */
@NullMarked
package io.shardquake.harness.store;

import org.jspecify.annotations.NullMarked;
