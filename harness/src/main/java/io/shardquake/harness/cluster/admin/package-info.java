/** What an administrator does to a cluster: adding and removing nodes, moving slots, failover. */
@NullMarked
package io.shardquake.harness.cluster.admin;

import org.jspecify.annotations.NullMarked;
