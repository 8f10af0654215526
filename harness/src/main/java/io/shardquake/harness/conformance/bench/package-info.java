/** What a test of a promise works with: a cluster, its nodes, faults, and a record of it all. */
@NullMarked
package io.shardquake.harness.conformance.bench;

import org.jspecify.annotations.NullMarked;
