package io.shardquake.node.core.monitor;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandObserver;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.config.Configuration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** The delays that were longer than latency-monitor-threshold, by event. Not thread-safe. */
public final class LatencyMonitor implements CommandObserver {
  private static final int SAMPLES = 160;
  private static final int MICROS_PER_MILLI = 1000;
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final Map<String, Series> events = new TreeMap<>();
  private long threshold;

  /** The longest delay of one second. */
  record Sample(long unixSeconds, long millis) {}

  /** The samples of one event, the latest last. */
  static final class Series {
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long worst;

    private void add(long unixSeconds, long millis) {
      worst = Math.max(worst, millis);
      Sample last = samples.peekLast();
      if (last != null && last.unixSeconds() == unixSeconds) {
        samples.removeLast();
        samples.addLast(new Sample(unixSeconds, Math.max(last.millis(), millis)));
        return;
      }
      samples.addLast(new Sample(unixSeconds, millis));
      if (samples.size() > SAMPLES) {
        samples.removeFirst();
      }
    }

    Deque<Sample> samples() {
      return samples;
    }

    Sample last() {
      return samples.getLast();
    }

    /** In milliseconds, of all that were ever taken. */
    long worst() {
      return worst;
    }
  }

  public LatencyMonitor(Configuration configuration) {
    this.threshold = configuration.number("latency-monitor-threshold");
    configuration.onChange(
        directive -> threshold = configuration.number("latency-monitor-threshold"));
  }

  boolean isOn() {
    return threshold > 0;
  }

  @Override
  public void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {
    long millis = outcome.durationMicros() / MICROS_PER_MILLI;
    if (threshold > 0 && millis >= threshold) {
      String event = spec.is(CommandFlag.FAST) ? "fast-command" : "command";
      events
          .computeIfAbsent(event, unused -> new Series())
          .add(outcome.startMicros() / MICROS_PER_SECOND, millis);
    }
  }

  /** All events that happened, by name. */
  Map<String, Series> events() {
    return Collections.unmodifiableMap(events);
  }

  /** Forgets an event; false if there is none. */
  boolean forget(String event) {
    return events.remove(event) != null;
  }

  int forgetAll() {
    int count = events.size();
    events.clear();
    return count;
  }
}
