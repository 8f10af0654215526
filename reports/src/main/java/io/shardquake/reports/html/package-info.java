/** The report as one page of HTML: what it carries, and how it is put together. */
@NullMarked
package io.shardquake.reports.html;

import org.jspecify.annotations.NullMarked;
