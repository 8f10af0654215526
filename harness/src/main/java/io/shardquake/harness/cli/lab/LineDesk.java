package io.shardquake.harness.cli.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** Orders line by line, answers too: for scripts, and for terminals that can do no more. */
final class LineDesk implements LabDesk {
  private final BufferedReader orders;
  private final PrintStream out;

  LineDesk(BufferedReader orders, PrintStream out) {
    this.orders = orders;
    this.out = out;
  }

  @Override
  public void serve(LabBench bench) throws InterruptedException {
    try {
      String line = orders.readLine();
      while (line != null && !bench.ended()) {
        tell("> " + line);
        LabBench.Answer answer = bench.perform(line);
        answer.lines().forEach(this::tell);
        line = answer.quits() ? null : orders.readLine();
      }
    } catch (IOException e) {
      tell("*** no more orders can be read: " + e.getMessage());
    }
  }

  @Override
  public synchronized void tell(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void leave() {
    out.flush();
  }
}
