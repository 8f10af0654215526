/** Lua as scripts see it: the language of Lua 5.1 in a sandbox, and the libraries Redis adds. */
@NullMarked
package io.shardquake.node.core.lua;

import org.jspecify.annotations.NullMarked;
