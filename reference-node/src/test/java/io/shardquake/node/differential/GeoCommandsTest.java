package io.shardquake.node.differential;

/** Geospatial indexes, generated. */
final class GeoCommandsTest extends GeneratedCommands {
  GeoCommandsTest() {
    super("geo.txt");
  }
}
