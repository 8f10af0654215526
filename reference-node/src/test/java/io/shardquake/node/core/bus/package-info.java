@NullMarked
package io.shardquake.node.core.bus;

import org.jspecify.annotations.NullMarked;
