/** Tests of the conformance suite itself. */
@NullMarked
package io.shardquake.harness.conformance;

import org.jspecify.annotations.NullMarked;
