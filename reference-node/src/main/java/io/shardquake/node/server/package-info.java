/** The shell around the core: sockets, files, the clock and the one thread that owns it all. */
@NullMarked
package io.shardquake.node.server;

import org.jspecify.annotations.NullMarked;
