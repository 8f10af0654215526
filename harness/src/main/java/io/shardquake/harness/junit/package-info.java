/**
 * The harness inside JUnit tests: clusters, faults and checked traffic as parameters. For JUnit
 * 5.10 and later, JUnit 6 included.
 */
@NullMarked
package io.shardquake.harness.junit;

import org.jspecify.annotations.NullMarked;
