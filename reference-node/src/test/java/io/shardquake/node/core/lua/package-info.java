@NullMarked
package io.shardquake.node.core.lua;

import org.jspecify.annotations.NullMarked;
