@NullMarked
package io.shardquake.harness.cli.cluster;

import org.jspecify.annotations.NullMarked;
