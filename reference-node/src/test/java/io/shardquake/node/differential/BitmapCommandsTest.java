package io.shardquake.node.differential;

/** Bitmaps, generated. */
final class BitmapCommandsTest extends GeneratedCommands {
  BitmapCommandsTest() {
    super("bitmaps.txt");
  }
}
