/** Tests of the shell around the core. */
@NullMarked
package io.shardquake.node.server;

import org.jspecify.annotations.NullMarked;
