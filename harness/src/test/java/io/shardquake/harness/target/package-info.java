/** Tests of targets, with and without servers. */
@NullMarked
package io.shardquake.harness.target;

import org.jspecify.annotations.NullMarked;
