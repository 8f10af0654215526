/** Pages as people see them, in Debian's Chromium. */
@NullMarked
package io.shardquake.harness.browser;

import org.jspecify.annotations.NullMarked;
