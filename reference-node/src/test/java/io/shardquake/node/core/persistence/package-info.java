@NullMarked
package io.shardquake.node.core.persistence;

import org.jspecify.annotations.NullMarked;
