@NullMarked
package io.shardquake.node.core.resp;

import org.jspecify.annotations.NullMarked;
