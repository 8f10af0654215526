/** Stories of whole clusters in virtual time, told by scripts that show every effect. */
@NullMarked
package io.shardquake.node.core.story;

import org.jspecify.annotations.NullMarked;
