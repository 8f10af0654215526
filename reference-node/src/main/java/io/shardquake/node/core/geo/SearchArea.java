package io.shardquake.node.core.geo;

import java.util.ArrayList;
import java.util.List;

/** The cells that a shape may have points in: the one of its centre, and those around. */
final class SearchArea {
  private static final double WIDEST = 20037726.37;
  private static final double NEAR_THE_POLE = 66;
  private static final double AT_THE_POLE = 80;

  private SearchArea() {}

  /** The bounds of a shape in degrees, as wide as they are on the side of the nearer pole. */
  private record Bounds(double west, double south, double east, double north) {
    static Bounds of(Position centre, Shape shape) {
      double height = Math.toDegrees(shape.halfHeight() / Position.EARTH_RADIUS_METRES);
      double towardsPole =
          centre.latitude() < 0 ? centre.latitude() - height : centre.latitude() + height;
      double width =
          Math.toDegrees(
              shape.halfWidth()
                  / Position.EARTH_RADIUS_METRES
                  / Math.cos(Math.toRadians(towardsPole)));
      return new Bounds(
          centre.longitude() - width,
          centre.latitude() - height,
          centre.longitude() + width,
          centre.latitude() + height);
    }
  }

  /** The cells in Redis's order: centre, north, south, east, west, then the corners. */
  static List<GeoHash> cells(Position centre, Shape shape) {
    Bounds bounds = Bounds.of(centre, shape);
    int step = step(shape.reach(), centre.latitude());
    GeoHash cell = GeoHash.of(centre, step);
    if (step > 1 && isTooNear(cell, bounds)) {
      step--;
      cell = GeoHash.of(centre, step);
    }
    boolean prune = step >= 2;
    boolean noSouth = prune && cell.south() < bounds.south();
    boolean noNorth = prune && cell.north() > bounds.north();
    boolean noWest = prune && cell.west() < bounds.west();
    boolean noEast = prune && cell.east() > bounds.east();
    List<GeoHash> cells = new ArrayList<>();
    cells.add(cell);
    cells.add(noNorth ? GeoHash.none() : cell.neighbour(0, 1));
    cells.add(noSouth ? GeoHash.none() : cell.neighbour(0, -1));
    cells.add(noEast ? GeoHash.none() : cell.neighbour(1, 0));
    cells.add(noWest ? GeoHash.none() : cell.neighbour(-1, 0));
    cells.add(noNorth || noEast ? GeoHash.none() : cell.neighbour(1, 1));
    cells.add(noNorth || noWest ? GeoHash.none() : cell.neighbour(-1, 1));
    cells.add(noSouth || noEast ? GeoHash.none() : cell.neighbour(1, -1));
    cells.add(noSouth || noWest ? GeoHash.none() : cell.neighbour(-1, -1));
    return cells;
  }

  /** Whether the ring of neighbours ends within the bounds. */
  private static boolean isTooNear(GeoHash cell, Bounds bounds) {
    return cell.neighbour(0, 1).north() < bounds.north()
        || cell.neighbour(0, -1).south() > bounds.south()
        || cell.neighbour(1, 0).east() < bounds.east()
        || cell.neighbour(-1, 0).west() > bounds.west();
  }

  private static int step(double metres, double latitude) {
    if (metres == 0) {
      return GeoHash.FINEST;
    }
    int step = 1;
    for (double reach = metres; reach < WIDEST; reach *= 2) {
      step++;
    }
    step -= 2;
    if (Math.abs(latitude) > NEAR_THE_POLE) {
      step--;
    }
    if (Math.abs(latitude) > AT_THE_POLE) {
      step--;
    }
    return Math.max(1, Math.min(GeoHash.FINEST, step));
  }
}
