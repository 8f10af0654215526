/** Whether every slot had one owner, and whether the nodes agreed on it, over time. */
@NullMarked
package io.shardquake.checkers.coverage;

import org.jspecify.annotations.NullMarked;
