/** Commands about connections and the server itself: PING, HELLO, AUTH, CLIENT, CONFIG. */
@NullMarked
package io.shardquake.node.core.connection;

import org.jspecify.annotations.NullMarked;
