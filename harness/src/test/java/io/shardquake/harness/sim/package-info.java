@NullMarked
package io.shardquake.harness.sim;

import org.jspecify.annotations.NullMarked;
