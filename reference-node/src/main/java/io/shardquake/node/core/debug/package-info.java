/** What tests look at: DEBUG, and the digest of the dataset. */
@NullMarked
package io.shardquake.node.core.debug;

import org.jspecify.annotations.NullMarked;
