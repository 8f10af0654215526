/** Nodes as processes of their own: what only a whole process can show. */
@NullMarked
package io.shardquake.node.process;

import org.jspecify.annotations.NullMarked;
