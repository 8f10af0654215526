/**
 * The general search: Wing and Gong's depth-first search with Lowe's memory of configurations
 * ({@code wgl}), Lowe's just-in-time linearization breadth first ({@code linear}), and both at once
 * ({@code competition}). Both walk the same reduced graph, described and proven at {@link
 * io.shardquake.checkers.linearizability.search.Linearizer}.
 */
@NullMarked
package io.shardquake.checkers.linearizability.search;

import org.jspecify.annotations.NullMarked;
