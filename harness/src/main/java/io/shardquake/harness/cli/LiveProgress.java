package io.shardquake.harness.cli;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.harness.experiment.RunPhase;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how a run goes: on a terminal one line that is drawn again and again,
 * elsewhere a plain line every few seconds. Thread-safe.
 */
final class LiveProgress implements RunWatch {
  private static final Duration REDRAW = Duration.ofMillis(250);
  private static final Duration PLAIN_LINE = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final int WIDTH = 100;

  private final Console console;
  private final LongSupplier clock;
  private final Duration time;
  private final TrafficMeter meter = new TrafficMeter();
  private final ActiveFaults faults = new ActiveFaults();
  private final ScheduledExecutorService thread;
  private final Future<?> ticking;
  private RunPhase phase = RunPhase.STARTING;
  private long trafficStartNanos;
  private long lastNanos;
  private long lastOperations;

  /**
   * Begins to show.
   *
   * @param clock nanoseconds since the start of the run
   * @param time how long the traffic is going to last
   */
  LiveProgress(Console console, LongSupplier clock, Duration time) {
    this.console = console;
    this.clock = clock;
    this.time = time;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread fresh = new Thread(task, "progress");
              fresh.setDaemon(true);
              return fresh;
            });
    long every = (console.liveErr() ? REDRAW : PLAIN_LINE).toNanos();
    this.ticking = thread.scheduleAtFixedRate(this::tick, every, every, TimeUnit.NANOSECONDS);
  }

  @Override
  public void completed(Result result, long nanos) {
    meter.record(result, nanos);
  }

  @Override
  public synchronized void phase(RunPhase begun) {
    phase = begun;
    if (begun == RunPhase.TRAFFIC) {
      trafficStartNanos = clock.getAsLong();
      lastNanos = trafficStartNanos;
    }
    if (console.liveErr()) {
      tick();
    } else {
      console.err().println(seconds(clock.getAsLong()) + "  " + begun);
    }
  }

  @Override
  public void fault(FaultEvent event) {
    faults.accept(event);
  }

  @Override
  public synchronized void remark(String line) {
    console.err().println((console.liveErr() ? ERASE_LINE : "") + line);
  }

  private synchronized void tick() {
    String text = describe();
    if (console.liveErr()) {
      String shown = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
      console.err().print(ERASE_LINE + shown);
      console.err().flush();
    } else if (phase == RunPhase.TRAFFIC) {
      console.err().println(text);
    }
  }

  private String describe() {
    long now = clock.getAsLong();
    if (phase != RunPhase.TRAFFIC) {
      return seconds(now) + "  " + phase;
    }
    TrafficMeter.Reading reading = meter.read();
    double elapsed = Math.max(1, now - lastNanos) / 1e9;
    long rate = Math.round((reading.all() - lastOperations) / elapsed);
    lastNanos = now;
    lastOperations = reading.all();
    return String.format(
            Locale.ROOT,
            "%s/%s  %,d ops/s  ok %,d  fail %,d  info %,d  p99 %.1f ms  %s",
            seconds(now - trafficStartNanos),
            seconds(time.toNanos()),
            rate,
            reading.ok(),
            reading.fail(),
            reading.info(),
            reading.p99Nanos() / 1e6,
            faults)
        .stripTrailing();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.0fs", nanos / 1e9);
  }

  /** Ends the show and leaves the line empty. */
  @Override
  public void close() {
    ticking.cancel(false);
    thread.shutdown();
    if (console.liveErr()) {
      synchronized (this) {
        console.err().print(ERASE_LINE);
        console.err().flush();
      }
    }
  }
}
