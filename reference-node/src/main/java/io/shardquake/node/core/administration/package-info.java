/** Administration of the server: SHUTDOWN, CONFIG, TIME and their like. */
@NullMarked
package io.shardquake.node.core.administration;

import org.jspecify.annotations.NullMarked;
