/** The client protocol, RESP2 and RESP3: requests in, replies out. */
@NullMarked
package io.shardquake.node.core.resp;

import org.jspecify.annotations.NullMarked;
