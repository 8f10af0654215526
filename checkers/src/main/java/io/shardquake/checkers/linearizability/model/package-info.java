/** Sequential specifications: what an object answers when one client at a time uses it. */
@NullMarked
package io.shardquake.checkers.linearizability.model;

import org.jspecify.annotations.NullMarked;
