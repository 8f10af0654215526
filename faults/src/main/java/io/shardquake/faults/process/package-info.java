/** What may be done to a process of the operating system, without ever meeting a stranger. */
@NullMarked
package io.shardquake.faults.process;

import org.jspecify.annotations.NullMarked;
