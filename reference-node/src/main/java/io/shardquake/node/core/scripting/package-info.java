/** Scripts and functions (Redis documentation, "Scripting with Lua", "Redis functions"). */
@NullMarked
package io.shardquake.node.core.scripting;

import org.jspecify.annotations.NullMarked;
