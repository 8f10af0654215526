@NullMarked
package io.shardquake.node.core.replication;

import org.jspecify.annotations.NullMarked;
