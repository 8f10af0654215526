/** Other programs that are run to their end. */
@NullMarked
package io.shardquake.harness.command;

import org.jspecify.annotations.NullMarked;
