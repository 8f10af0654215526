/** Generators: pure values that say what to do next. */
@NullMarked
package io.shardquake.workloads.generator;

import org.jspecify.annotations.NullMarked;
