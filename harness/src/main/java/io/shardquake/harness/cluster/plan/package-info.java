/** Which slots have to move where: pure planning. */
@NullMarked
package io.shardquake.harness.cluster.plan;

import org.jspecify.annotations.NullMarked;
