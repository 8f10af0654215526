package io.shardquake.harness.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and complaints
 * @param liveOut whether {@code out} is a terminal that shows colours
 * @param liveErr whether {@code err} is a terminal whose line can be drawn again
 */
public record Console(PrintStream out, PrintStream err, boolean liveOut, boolean liveErr) {
  /**
   * The process's own streams. The JVM cannot tell portably which of them is a terminal; the
   * launcher can, and passes it on.
   */
  static Console ofProcess() {
    boolean capable = !"dumb".equals(System.getenv("TERM"));
    boolean colour = System.getenv("NO_COLOR") == null;
    return new Console(
        System.out,
        System.err,
        capable && colour && Boolean.getBoolean("shardquake.terminal.out"),
        capable && Boolean.getBoolean("shardquake.terminal.err"));
  }
}
