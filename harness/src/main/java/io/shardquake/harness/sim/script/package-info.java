/** Traffic that was written down: the same requests at the same times. */
@NullMarked
package io.shardquake.harness.sim.script;

import org.jspecify.annotations.NullMarked;
