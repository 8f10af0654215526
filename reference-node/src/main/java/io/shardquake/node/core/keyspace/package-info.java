/** Keys, values and expiry, indexed by hash slot. */
@NullMarked
package io.shardquake.node.core.keyspace;

import org.jspecify.annotations.NullMarked;
