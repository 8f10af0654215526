/** The verbs of {@code shardquake cluster}: cluster administration. */
@NullMarked
package io.shardquake.harness.cli.cluster;

import org.jspecify.annotations.NullMarked;
