/** The command line. */
@NullMarked
package io.shardquake.harness.cli;

import org.jspecify.annotations.NullMarked;
