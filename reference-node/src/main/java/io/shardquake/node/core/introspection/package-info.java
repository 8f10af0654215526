/** COMMAND: what the node says of its own commands. */
@NullMarked
package io.shardquake.node.core.introspection;

import org.jspecify.annotations.NullMarked;
