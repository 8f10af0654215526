package io.shardquake.harness.conformance;

import java.util.Locale;

/** What became of a promise. */
public enum Outcome {
  /** It was tested and held. */
  KEPT,
  /** It was tested and did not hold. */
  BROKEN,
  /** It is not made here, or this target cannot be made to show it. */
  NOT_APPLICABLE,
  /** The test could not come to an end. */
  INCONCLUSIVE;

  /** As certificates have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
