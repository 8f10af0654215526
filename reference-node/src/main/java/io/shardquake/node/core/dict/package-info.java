/** Hash tables of byte strings whose iteration survives growth, as SCAN needs. */
@NullMarked
package io.shardquake.node.core.dict;

import org.jspecify.annotations.NullMarked;
