@NullMarked
package io.shardquake.harness.certify;

import org.jspecify.annotations.NullMarked;
