@NullMarked
package io.shardquake.node.core;

import org.jspecify.annotations.NullMarked;
