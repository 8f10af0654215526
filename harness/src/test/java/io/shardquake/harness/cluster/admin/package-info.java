/** Tests of what an administrator does. */
@NullMarked
package io.shardquake.harness.cluster.admin;

import org.jspecify.annotations.NullMarked;
