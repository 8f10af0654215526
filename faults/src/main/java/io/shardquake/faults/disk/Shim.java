package io.shardquake.faults.disk;

/**
 * Stands between a node's process and its operating system. What is set takes effect at the
 * process's next call, and outlives the process. Never blocks; thread-safe.
 */
public interface Shim {
  /** What can be made to go wrong. All are 0 in the beginning. */
  enum Knob {
    /** Added to the wall clock, in nanoseconds; may be negative. */
    CLOCK_OFFSET_NANOS,
    /** Before each fsync or fdatasync, in microseconds. */
    SYNC_DELAY_MICROS,
    /** The error of each fsync or fdatasync, by its number; 0 for none. */
    SYNC_ERROR,
    /** The error of each write to a regular file, by its number; 0 for none. */
    WRITE_ERROR
  }

  /** What is counted. */
  enum Tally {
    CLOCK_READINGS_SHIFTED,
    SYNCS_DELAYED,
    SYNCS_FAILED,
    WRITES_FAILED
  }

  /** Whether a process has ever obeyed it: not one that is linked statically, for instance. */
  boolean isLoaded();

  void set(Knob knob, long value);

  long count(Tally tally);
}
