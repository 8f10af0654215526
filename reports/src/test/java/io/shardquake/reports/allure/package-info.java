@NullMarked
package io.shardquake.reports.allure;

import org.jspecify.annotations.NullMarked;
