package io.shardquake.faults.network;

import java.util.Locale;

/** Which ways between the two sides of a partition are cut. */
public enum Ways {
  /** Neither side hears the other. */
  BOTH,
  /** The struck side does not hear the other, but is heard. */
  IN,
  /** The struck side is not heard, but hears the other. */
  OUT;

  /** As plans have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
