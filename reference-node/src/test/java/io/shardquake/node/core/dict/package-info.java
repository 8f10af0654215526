@NullMarked
package io.shardquake.node.core.dict;

import org.jspecify.annotations.NullMarked;
