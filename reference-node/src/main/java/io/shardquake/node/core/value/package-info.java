/** The types of values a key can hold. */
@NullMarked
package io.shardquake.node.core.value;

import org.jspecify.annotations.NullMarked;
