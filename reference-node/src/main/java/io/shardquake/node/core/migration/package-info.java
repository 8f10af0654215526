/** Keys that leave and arrive as values in one string: DUMP, RESTORE and MIGRATE. */
@NullMarked
package io.shardquake.node.core.migration;

import org.jspecify.annotations.NullMarked;
