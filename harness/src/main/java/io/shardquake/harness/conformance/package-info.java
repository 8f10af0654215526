/**
 * The conformance suite: the promises of Redis Cluster as data, which of them a profile makes, and
 * how the tests that hold a target to them are run.
 */
@NullMarked
package io.shardquake.harness.conformance;

import org.jspecify.annotations.NullMarked;
