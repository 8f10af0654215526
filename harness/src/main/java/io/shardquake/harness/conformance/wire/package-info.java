/** What a test says to a node and hears from it, byte by byte: RESP and the cluster bus. */
@NullMarked
package io.shardquake.harness.conformance.wire;

import org.jspecify.annotations.NullMarked;
