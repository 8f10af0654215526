package io.shardquake.harness.sim.trace;

import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.node.core.Effect;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells what nodes say in their logs and what becomes of their processes, a line each. */
public final class EventLog implements Witness {
  private final Consumer<String> lines;

  /** Hands each line, without its end, to the sink. */
  public EventLog(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    if (effect instanceof Effect.Log line && line.level().compareTo(Effect.Level.NOTICE) >= 0) {
      tell(node, line.message());
    }
  }

  @Override
  public void process(SimNode node, String what) {
    tell(node, what);
  }

  @Override
  public void crashed(SimNode node, Throwable failure) {
    tell(node, "crashes: " + failure);
  }

  private void tell(SimNode node, String what) {
    lines.accept(line(node.nowNanos(), node.facts().name(), what));
  }

  /** A line about somebody at a time. */
  public static String line(long timeNanos, String who, String what) {
    return String.format(Locale.ROOT, "%12.6f  %-8s %s", timeNanos / 1e9, who, what);
  }
}
