/** Configuration under Redis's own names. */
@NullMarked
package io.shardquake.node.core.config;

import org.jspecify.annotations.NullMarked;
