@NullMarked
package io.shardquake.node.core.value;

import org.jspecify.annotations.NullMarked;
