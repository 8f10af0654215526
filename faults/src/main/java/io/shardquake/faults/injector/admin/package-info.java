/** Faults that consist of what an administrator may tell the nodes of a cluster. */
@NullMarked
package io.shardquake.faults.injector.admin;

import org.jspecify.annotations.NullMarked;
