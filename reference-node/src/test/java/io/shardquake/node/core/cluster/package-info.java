@NullMarked
package io.shardquake.node.core.cluster;

import org.jspecify.annotations.NullMarked;
