@NullMarked
package io.shardquake.harness.campaign;

import org.jspecify.annotations.NullMarked;
