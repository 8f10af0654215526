@NullMarked
package io.shardquake.harness.serve;

import org.jspecify.annotations.NullMarked;
