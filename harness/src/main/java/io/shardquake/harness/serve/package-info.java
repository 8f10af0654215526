/**
 * {@code shardquake serve}: a page on this machine over the runs and certificates of a directory.
 */
@NullMarked
package io.shardquake.harness.serve;

import org.jspecify.annotations.NullMarked;
