/** Clients of a simulated cluster: the transport below the workloads' own clients. */
@NullMarked
package io.shardquake.harness.sim.client;

import org.jspecify.annotations.NullMarked;
