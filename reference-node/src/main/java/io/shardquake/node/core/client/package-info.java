/** What the node remembers of each client. */
@NullMarked
package io.shardquake.node.core.client;

import org.jspecify.annotations.NullMarked;
