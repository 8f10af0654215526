/** Many simulations, as many at a time as the machine has processors. */
@NullMarked
package io.shardquake.harness.campaign;

import org.jspecify.annotations.NullMarked;
