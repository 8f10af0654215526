package io.shardquake.harness.cli;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.campaign.SeedOutcome;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows on standard error how a campaign goes: on a terminal one line that is drawn again and
 * again, elsewhere a line every ten seconds; each broken seed at once.
 */
final class CampaignProgress {
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long PLAIN_LINE = TimeUnit.SECONDS.toNanos(10);

  private final Console console;
  private final long seeds;
  private final long begun = System.nanoTime();
  private long shown = begun;
  private long count;
  private long broken;
  private long virtualNanos;

  CampaignProgress(Console console, long seeds) {
    this.console = console;
    this.seeds = seeds;
  }

  void done(SeedOutcome outcome) {
    count++;
    virtualNanos += outcome.virtualNanos();
    if (outcome.validity() == Validity.INVALID) {
      broken++;
      remark("seed " + outcome.seed() + ": " + outcome.reason());
    }
    long now = System.nanoTime();
    if (now - shown >= (console.liveErr() ? REDRAW : PLAIN_LINE)) {
      shown = now;
      show(now);
    }
  }

  private void remark(String line) {
    console.err().println((console.liveErr() ? ERASE_LINE : "") + line);
  }

  private void show(long now) {
    double wall = (now - begun) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%,d of %,d seeds, %,d broken, %.1f seeds/s, %,.0f times as fast as time",
            count,
            seeds,
            broken,
            count / wall,
            virtualNanos / 1e9 / wall);
    if (console.liveErr()) {
      console.err().print(ERASE_LINE + line);
      console.err().flush();
    } else {
      console.err().println(line);
    }
  }

  /** Leaves the line empty. */
  void close() {
    if (console.liveErr()) {
      console.err().print(ERASE_LINE);
      console.err().flush();
    }
  }
}
