package io.shardquake.faults.network;

/**
 * What has become of the bytes of a direction since the proxy was started; all of these only grow.
 *
 * @param passed bytes that went through, also late or corrupted
 * @param dropped pieces that arrived while they could not pass, and connections that were not let
 *     through: what proves that a drop bit
 * @param swallowed bytes that were thrown away
 * @param corrupted bits that were inverted
 * @param delayed pieces that were held back for some time
 * @param resets connections that were reset because of an impairment
 * @param duplicated connections that were made twice
 * @param lateEnds ends of connections that were told later
 */
public record Traffic(
    long passed,
    long dropped,
    long swallowed,
    long corrupted,
    long delayed,
    long resets,
    long duplicated,
    long lateEnds) {
  /** Nothing at all. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(
        passed + other.passed,
        dropped + other.dropped,
        swallowed + other.swallowed,
        corrupted + other.corrupted,
        delayed + other.delayed,
        resets + other.resets,
        duplicated + other.duplicated,
        lateEnds + other.lateEnds);
  }

  /** What has come since then. */
  public Traffic minus(Traffic then) {
    return new Traffic(
        passed - then.passed,
        dropped - then.dropped,
        swallowed - then.swallowed,
        corrupted - then.corrupted,
        delayed - then.delayed,
        resets - then.resets,
        duplicated - then.duplicated,
        lateEnds - then.lateEnds);
  }
}
