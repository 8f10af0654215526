@NullMarked
package io.shardquake.harness.cli.lab;

import org.jspecify.annotations.NullMarked;
