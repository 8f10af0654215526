/**
 * What nodes keep on disk and how their operating system treats them, as far as a nemesis may
 * meddle with it.
 */
@NullMarked
package io.shardquake.faults.disk;

import org.jspecify.annotations.NullMarked;
