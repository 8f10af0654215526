package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A point on Earth, in degrees. */
record Position(double longitude, double latitude) {
  static final double EARTH_RADIUS_METRES = 6372797.560856;

  /**
   * Reads longitude and latitude.
   *
   * @throws ErrorReply if they are no numbers, or not on the grid
   */
  static Position of(CommandContext context, int index) {
    double longitude = context.real(index);
    double latitude = context.real(index + 1);
    if (Math.abs(longitude) > GeoHash.GREATEST_LONGITUDE
        || Math.abs(latitude) > GeoHash.GREATEST_LATITUDE) {
      throw new ErrorReply(
          "ERR invalid longitude,latitude pair " + fixed(longitude) + "," + fixed(latitude));
    }
    return new Position(longitude, latitude);
  }

  /** As {@code %f} of C has it, with all digits that the number has. */
  private static String fixed(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** The length of the great circle between two points, in metres. */
  double distanceTo(Position other) {
    double v = Math.sin((Math.toRadians(other.longitude) - Math.toRadians(longitude)) / 2);
    if (v == 0) {
      return latitudeDistanceTo(other);
    }
    double from = Math.toRadians(latitude);
    double to = Math.toRadians(other.latitude);
    double u = Math.sin((to - from) / 2);
    double a = u * u + Math.cos(from) * Math.cos(to) * v * v;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(a));
  }

  /** As {@link #distanceTo}, as if both had the same longitude. */
  double latitudeDistanceTo(Position other) {
    return EARTH_RADIUS_METRES
        * Math.abs(Math.toRadians(other.latitude) - Math.toRadians(latitude));
  }
}
