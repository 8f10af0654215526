/** The cluster bus on the wire: messages of protocol version 1 and their framing. */
@NullMarked
package io.shardquake.node.core.bus;

import org.jspecify.annotations.NullMarked;
