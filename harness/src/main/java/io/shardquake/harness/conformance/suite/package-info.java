/** The tests, a class or more for each chapter of the list of promises. */
@NullMarked
package io.shardquake.harness.conformance.suite;

import org.jspecify.annotations.NullMarked;
