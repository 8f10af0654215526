/** What the algorithms are tested against: enumeration, and histories to enumerate. */
@NullMarked
package io.shardquake.checkers.linearizability.oracle;

import org.jspecify.annotations.NullMarked;
