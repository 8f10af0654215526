/** A live cluster to play with: watched on a screen, broken by hand, recorded as a plan. */
@NullMarked
package io.shardquake.harness.cli.lab;

import org.jspecify.annotations.NullMarked;
