/** Jepsen's histories, in EDN, the notation of Clojure: read and written, without Clojure. */
@NullMarked
package io.shardquake.checkers.edn;

import org.jspecify.annotations.NullMarked;
