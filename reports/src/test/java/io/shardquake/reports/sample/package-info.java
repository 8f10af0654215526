/** A run that never took place, so that reports can be seen and tested without a cluster. */
@NullMarked
package io.shardquake.reports.sample;

import org.jspecify.annotations.NullMarked;
