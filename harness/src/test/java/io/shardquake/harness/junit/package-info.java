@NullMarked
package io.shardquake.harness.junit;

import org.jspecify.annotations.NullMarked;
