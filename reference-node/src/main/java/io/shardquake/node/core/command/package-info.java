/** Commands: their table, the checks before each one, and the transaction around several. */
@NullMarked
package io.shardquake.node.core.command;

import org.jspecify.annotations.NullMarked;
