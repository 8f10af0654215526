/** The commands on collections, put together. */
@NullMarked
package io.shardquake.node.core.collection;

import org.jspecify.annotations.NullMarked;
