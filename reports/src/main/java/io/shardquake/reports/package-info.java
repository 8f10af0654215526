/** Every rendering of a verdict. */
@NullMarked
package io.shardquake.reports;

import org.jspecify.annotations.NullMarked;
