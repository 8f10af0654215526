/** Commands on strings (Redis documentation, group "string"). */
@NullMarked
package io.shardquake.node.core.strings;

import org.jspecify.annotations.NullMarked;
