/** In which situation which checker finds which known defect, and how soon. */
@NullMarked
package io.shardquake.harness.defects;

import org.jspecify.annotations.NullMarked;
