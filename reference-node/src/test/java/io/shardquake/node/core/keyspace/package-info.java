@NullMarked
package io.shardquake.node.core.keyspace;

import org.jspecify.annotations.NullMarked;
