package io.shardquake.node.core.geo;

/**
 * A cell of a grid over the Earth: the bits of latitude and longitude in turn, longitude first.
 *
 * @param bits two for each step
 * @param step how often both coordinates were halved, from 1 to 26; 0 for no cell at all
 */
record GeoHash(long bits, int step) {
  /** As fine as a score of 52 bits can be. */
  static final int FINEST = 26;

  static final double GREATEST_LATITUDE = 85.05112878;
  static final double GREATEST_LONGITUDE = 180;

  private static final long LATITUDE_BITS = 0x5555555555555555L;
  private static final long LONGITUDE_BITS = 0xaaaaaaaaaaaaaaaaL;
  private static final int SCORE_BITS = 52;
  private static final GeoHash NONE = new GeoHash(0, 0);

  /** The cell that a position is in. */
  static GeoHash of(Position position, int step) {
    return of(position, step, GREATEST_LATITUDE);
  }

  /** As {@link #of(Position, int)}, on a grid that ends at another latitude. */
  static GeoHash of(Position position, int step, double greatestLatitude) {
    double latitude = (position.latitude() + greatestLatitude) / (2 * greatestLatitude);
    double longitude = (position.longitude() + GREATEST_LONGITUDE) / (2 * GREATEST_LONGITUDE);
    double cells = (double) (1L << step);
    return new GeoHash(
        spread((long) (latitude * cells)) | (spread((long) (longitude * cells)) << 1), step);
  }

  /** The cell that a member's score names. */
  static GeoHash ofScore(double score) {
    return new GeoHash(unsigned(score), FINEST);
  }

  /** As C has it on the processors that Redis mostly runs on, for members that no GEOADD added. */
  private static long unsigned(double score) {
    if (score < 0x1p63) {
      return (long) score;
    }
    return score < 0x1p64 ? (long) (score - 0x1p63) ^ Long.MIN_VALUE : 0;
  }

  /** No cell. */
  static GeoHash none() {
    return NONE;
  }

  boolean isNone() {
    return bits == 0 && step == 0;
  }

  private static long spread(long value) {
    long spread = 0;
    for (int i = 0; i < Integer.SIZE; i++) {
      spread |= ((value >>> i) & 1) << (2 * i);
    }
    return spread;
  }

  private static long gather(long bits) {
    long gathered = 0;
    for (int i = 0; i < Integer.SIZE; i++) {
      gathered |= ((bits >>> (2 * i)) & 1) << i;
    }
    return gathered;
  }

  /** The least score of a member in the cell. */
  double leastScore() {
    return (double) (bits << (SCORE_BITS - 2 * step));
  }

  /** The least score of a member behind the cell. */
  double scoreBehind() {
    return (double) ((bits + 1) << (SCORE_BITS - 2 * step));
  }

  double south() {
    return latitude(gather(bits));
  }

  double north() {
    return latitude(gather(bits) + 1);
  }

  double west() {
    return longitude(gather(bits >>> 1));
  }

  double east() {
    return longitude(gather(bits >>> 1) + 1);
  }

  private double latitude(long cell) {
    return -GREATEST_LATITUDE + cell * 1.0 / (1L << step) * (2 * GREATEST_LATITUDE);
  }

  private double longitude(long cell) {
    return -GREATEST_LONGITUDE + cell * 1.0 / (1L << step) * (2 * GREATEST_LONGITUDE);
  }

  Position centre() {
    return new Position(
        clamp((west() + east()) / 2, GREATEST_LONGITUDE),
        clamp((south() + north()) / 2, GREATEST_LATITUDE));
  }

  private static double clamp(double value, double most) {
    return Math.max(-most, Math.min(most, value));
  }

  /** The neighbour so many cells (-1, 0 or 1) to the east and to the north; the grid is a torus. */
  GeoHash neighbour(int east, int north) {
    long mask = -1L >>> (Long.SIZE - 2 * step);
    long longitude = bits & LONGITUDE_BITS;
    long latitude = bits & LATITUDE_BITS;
    // The eastern and the northern edge of the grid lie outside of it, and stay there if not moved.
    if (east != 0) {
      longitude = moved(longitude, LATITUDE_BITS & mask, east) & LONGITUDE_BITS & mask;
    }
    if (north != 0) {
      latitude = moved(latitude, LONGITUDE_BITS & mask, north) & LATITUDE_BITS & mask;
    }
    return new GeoHash(longitude | latitude, step);
  }

  /** Adds to every second bit; the bits between are filled so that the carry passes them. */
  private static long moved(long coordinate, long between, int by) {
    return by > 0 ? coordinate + between + 1 : (coordinate | between) - (between + 1);
  }
}
