/** From what was recorded to a verdict, the same way for a fresh run and for an old one. */
@NullMarked
package io.shardquake.harness.judge;

import org.jspecify.annotations.NullMarked;
