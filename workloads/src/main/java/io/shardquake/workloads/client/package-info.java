/** Clients: at-most-once, asynchronous, and honest about where an operation went. */
@NullMarked
package io.shardquake.workloads.client;

import org.jspecify.annotations.NullMarked;
