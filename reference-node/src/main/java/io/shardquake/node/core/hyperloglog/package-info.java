/** HyperLogLogs: estimates of how many different elements were seen, byte for byte as Redis. */
@NullMarked
package io.shardquake.node.core.hyperloglog;

import org.jspecify.annotations.NullMarked;
