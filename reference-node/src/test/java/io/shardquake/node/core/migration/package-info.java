@NullMarked
package io.shardquake.node.core.migration;

import org.jspecify.annotations.NullMarked;
