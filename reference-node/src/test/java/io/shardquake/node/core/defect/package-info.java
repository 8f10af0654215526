/** Tests of the list of defects. */
@NullMarked
package io.shardquake.node.core.defect;

import org.jspecify.annotations.NullMarked;
