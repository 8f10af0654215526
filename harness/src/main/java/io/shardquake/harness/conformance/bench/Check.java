package io.shardquake.harness.conformance.bench;

import java.io.IOException;

/** A condition of a cluster. A node that does not answer does not meet it. */
@FunctionalInterface
public interface Check {
  boolean holds() throws IOException, InterruptedException;
}
