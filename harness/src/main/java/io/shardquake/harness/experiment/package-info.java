/** Experiments: what is run, how it is run from start to verdict, and what it is held to. */
@NullMarked
package io.shardquake.harness.experiment;

import org.jspecify.annotations.NullMarked;
