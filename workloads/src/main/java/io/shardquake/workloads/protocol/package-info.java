/** What goes over the wire: commands and replies, whoever carries them. */
@NullMarked
package io.shardquake.workloads.protocol;

import org.jspecify.annotations.NullMarked;
