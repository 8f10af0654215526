/** What goes to the append-only file and to replicas: the effects of commands, in their order. */
@NullMarked
package io.shardquake.node.core.propagation;

import org.jspecify.annotations.NullMarked;
