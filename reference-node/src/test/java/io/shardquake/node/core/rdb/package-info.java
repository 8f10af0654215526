@NullMarked
package io.shardquake.node.core.rdb;

import org.jspecify.annotations.NullMarked;
