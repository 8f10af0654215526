/**
 * The bridge to Clojure: models written there run in the algorithms here, and the namespaces {@code
 * shardquake.knossos.*} and {@code shardquake.jepsen.*} answer as Knossos and Jepsen do. Nothing
 * else depends on this package, so Clojure need not be there until it is used.
 */
@NullMarked
package io.shardquake.checkers.clojure;

import org.jspecify.annotations.NullMarked;
