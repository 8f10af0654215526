@NullMarked
package io.shardquake.harness.netns;

import org.jspecify.annotations.NullMarked;
