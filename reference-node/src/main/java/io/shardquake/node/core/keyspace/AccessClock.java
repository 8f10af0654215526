package io.shardquake.node.core.keyspace;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.value.Value;

/**
 * When, or how often, values are accessed: what eviction by LRU or LFU, and OBJECT IDLETIME and
 * FREQ, go by. As in Redis one word a value serves either purpose, so that after a change of policy
 * it tells nothing until the next access. Not thread-safe.
 */
public final class AccessClock {
  private static final int INITIAL_COUNT = 5;
  private static final int GREATEST_COUNT = 255;
  private static final int LOG_FACTOR = 10;
  private static final int MINUTES_PER_DECAY = 1;
  private static final int MINUTE_MASK = 0xffff;

  private final Randomness random;
  private long nowMillis;
  private boolean counting;
  private long hits;
  private long misses;

  AccessClock(Randomness random) {
    this.random = random;
  }

  /** Counts a look for a key by a command that only reads. */
  public void lookedUp(boolean found) {
    if (found) {
      hits++;
    } else {
      misses++;
    }
  }

  /** Looks that found their key, since the start or {@link #resetCounts}. */
  public long hits() {
    return hits;
  }

  /** Looks that did not find their key. */
  public long misses() {
    return misses;
  }

  /** Begins to count anew. */
  public void resetCounts() {
    hits = 0;
    misses = 0;
  }

  /** Tells the time, in Unix milliseconds. */
  public void now(long unixMillis) {
    this.nowMillis = unixMillis;
  }

  /** Whether accesses are counted (LFU), rather than their time being noted. */
  public void countAccesses(boolean yes) {
    this.counting = yes;
  }

  /** Notes that a value has come. */
  public void created(Value value) {
    value.access(counting ? minute() << 8 | INITIAL_COUNT : second());
  }

  /** Notes that a value was read or changed. */
  public void accessed(Value value) {
    value.access(counting ? minute() << 8 | incremented(frequency(value)) : second());
  }

  /** Seconds since the last access, if their time is noted. */
  public long idleSeconds(Value value) {
    return Math.max(0, second() - value.access());
  }

  /** Sets the time of the last access. */
  public void idleFor(Value value, long seconds) {
    value.access((int) Math.max(0, second() - seconds));
  }

  /** How often the value is accessed, from 0 to 255, if that is counted. */
  public int frequency(Value value) {
    int elapsed = (minute() - (value.access() >>> 8)) & MINUTE_MASK;
    return Math.max(0, (value.access() & 0xff) - elapsed / MINUTES_PER_DECAY);
  }

  /** Sets how often the value is accessed. */
  public void frequency(Value value, int count) {
    value.access(minute() << 8 | count);
  }

  /** Morris's counter: the greater it is, the less likely it grows. */
  private int incremented(int count) {
    if (count == GREATEST_COUNT) {
      return count;
    }
    int above = Math.max(0, count - INITIAL_COUNT);
    return random.below(above * LOG_FACTOR + 1) == 0 ? count + 1 : count;
  }

  private int second() {
    return (int) (nowMillis / 1000);
  }

  private int minute() {
    return (int) (nowMillis / 60_000) & MINUTE_MASK;
  }
}
