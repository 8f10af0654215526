/** The repository's rules, as tests whose messages name what to use instead. */
@NullMarked
package io.shardquake.architecture;

import org.jspecify.annotations.NullMarked;
