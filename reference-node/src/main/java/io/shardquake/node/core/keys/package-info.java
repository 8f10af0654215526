/** Commands on keys of any type (Redis documentation, group "generic"), and their expiry. */
@NullMarked
package io.shardquake.node.core.keys;

import org.jspecify.annotations.NullMarked;
