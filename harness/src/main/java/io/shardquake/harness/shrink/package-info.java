/** From a failure to the smallest one that is still the same. */
@NullMarked
package io.shardquake.harness.shrink;

import org.jspecify.annotations.NullMarked;
