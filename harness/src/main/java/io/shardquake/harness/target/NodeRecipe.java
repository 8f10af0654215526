package io.shardquake.harness.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How to start a node of some kind of server. */
@FunctionalInterface
interface NodeRecipe {
  /**
   * Writes what the node needs into its directory.
   *
   * @param directory the node's own; it exists
   * @param place where it shall listen, and what it shall announce
   * @return the command that starts it in that directory: an absolute executable and its arguments
   */
  List<String> prepare(Path directory, NodePlace place) throws IOException;
}
