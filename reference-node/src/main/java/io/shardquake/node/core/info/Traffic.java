package io.shardquake.node.core.info;

import java.util.Arrays;

/** What clients send and are sent, with the rates of the last second or two. Not thread-safe. */
public final class Traffic {
  /** Redis's own: sixteen samples, one each hundred milliseconds. */
  private static final int SAMPLES = 16;

  private static final long SAMPLE_MILLIS = 100;
  private static final double BYTES_PER_KILOBYTE = 1024;

  private long bytesIn;
  private long bytesOut;
  private long reads;
  private long writes;
  private long rejectedConnections;
  private final Rate commands = new Rate();
  private final Rate in = new Rate();
  private final Rate out = new Rate();
  private long lastSample = Long.MIN_VALUE;

  public void received(int bytes) {
    bytesIn += bytes;
    reads++;
  }

  public void sent(int bytes) {
    bytesOut += bytes;
    writes++;
  }

  /** A connection was refused because there were too many. */
  public void rejected() {
    rejectedConnections++;
  }

  /** Takes a sample if it is time to; {@code executed} counts commands since the start. */
  public void tick(long nowMillis, long executed) {
    if (lastSample == Long.MIN_VALUE || nowMillis - lastSample >= SAMPLE_MILLIS) {
      lastSample = nowMillis;
      commands.sample(nowMillis, executed);
      in.sample(nowMillis, bytesIn);
      out.sample(nowMillis, bytesOut);
    }
  }

  /** Begins to count anew (CONFIG RESETSTAT). */
  public void reset() {
    bytesIn = 0;
    bytesOut = 0;
    reads = 0;
    writes = 0;
    rejectedConnections = 0;
    commands.reset();
    in.reset();
    out.reset();
    lastSample = Long.MIN_VALUE;
  }

  long bytesIn() {
    return bytesIn;
  }

  long bytesOut() {
    return bytesOut;
  }

  /** How often anything came from clients. */
  long reads() {
    return reads;
  }

  /** How often anything was sent to them. */
  long writes() {
    return writes;
  }

  long rejectedConnections() {
    return rejectedConnections;
  }

  long commandsPerSecond() {
    return Math.round(commands.perSecond());
  }

  double kilobytesInPerSecond() {
    return in.perSecond() / BYTES_PER_KILOBYTE;
  }

  double kilobytesOutPerSecond() {
    return out.perSecond() / BYTES_PER_KILOBYTE;
  }

  /** The mean rate of the last samples. */
  private static final class Rate {
    private final double[] samples = new double[SAMPLES];
    private int next;
    private long lastMillis = Long.MIN_VALUE;
    private long lastCount;

    void sample(long nowMillis, long count) {
      if (lastMillis != Long.MIN_VALUE && nowMillis > lastMillis) {
        samples[next] = (count - lastCount) * 1000.0 / (nowMillis - lastMillis);
        next = (next + 1) % SAMPLES;
      }
      lastMillis = nowMillis;
      lastCount = count;
    }

    double perSecond() {
      return Arrays.stream(samples).sum() / SAMPLES;
    }

    void reset() {
      Arrays.fill(samples, 0);
      lastMillis = Long.MIN_VALUE;
    }
  }
}
