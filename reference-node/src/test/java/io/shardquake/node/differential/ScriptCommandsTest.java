package io.shardquake.node.differential;

/** Scripts and functions, generated. */
final class ScriptCommandsTest extends GeneratedCommands {
  ScriptCommandsTest() {
    super("scripting.txt");
  }
}
