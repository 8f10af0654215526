/** The report as a browser shows it. */
@NullMarked
package io.shardquake.reports.browser;

import org.jspecify.annotations.NullMarked;
