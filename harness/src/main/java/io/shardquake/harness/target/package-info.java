/** Targets: how a cluster under test is started, reached, broken and ended. */
@NullMarked
package io.shardquake.harness.target;

import org.jspecify.annotations.NullMarked;
