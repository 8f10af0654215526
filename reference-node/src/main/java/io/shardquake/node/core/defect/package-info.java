/** Known defects that can be switched on, to show that a harness catches them. */
@NullMarked
package io.shardquake.node.core.defect;

import org.jspecify.annotations.NullMarked;
