/** Results in the form that Allure reads: a directory of small JSON files. */
@NullMarked
package io.shardquake.reports.allure;

import org.jspecify.annotations.NullMarked;
