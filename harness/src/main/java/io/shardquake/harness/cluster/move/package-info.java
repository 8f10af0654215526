/** Moves slots with their keys between masters that go on serving clients. */
@NullMarked
package io.shardquake.harness.cluster.move;

import org.jspecify.annotations.NullMarked;
