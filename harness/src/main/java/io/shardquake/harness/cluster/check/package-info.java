/** What is wrong with a cluster, what it means and what repairs it. */
@NullMarked
package io.shardquake.harness.cluster.check;

import org.jspecify.annotations.NullMarked;
