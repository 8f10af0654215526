package io.shardquake.harness.cli.lab;

import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.RunWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Chooses between a live screen and plain lines. */
public final class LabDesks {
  private LabDesks() {}

  /**
   * Somebody's desk, as the watch of a run.
   *
   * @param orders where orders come from if this is no terminal
   * @param kinds the kinds of fault that can be ordered
   * @param planned what is going to happen anyway
   * @throws IOException if the terminal cannot be used
   */
  public static RunWatch.Beginning watch(
      Console console, InputStream orders, List<FaultKind> kinds, FaultPlan planned)
      throws IOException {
    LabDesk desk = desk(console, orders);
    return (clock, stop) -> new LabWatch(desk, kinds, planned, clock, stop);
  }

  private static LabDesk desk(Console console, InputStream orders) throws IOException {
    if (console.liveOut() && console.liveErr()) {
      Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
      if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        return new ScreenDesk(terminal);
      }
    }
    return new LineDesk(
        new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8)), console.out());
  }
}
