@NullMarked
package io.shardquake.harness.shrink;

import org.jspecify.annotations.NullMarked;
