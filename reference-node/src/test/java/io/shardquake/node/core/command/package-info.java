@NullMarked
package io.shardquake.node.core.command;

import org.jspecify.annotations.NullMarked;
