/**
 * Certificates: what became of the promises and of a fixed set of experiments, so that it can be
 * checked.
 */
@NullMarked
package io.shardquake.harness.certify;

import org.jspecify.annotations.NullMarked;
