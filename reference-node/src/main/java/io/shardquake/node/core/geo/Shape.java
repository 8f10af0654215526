package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.RealNumber;
import java.util.OptionalDouble;

/** The area around a point that is searched; lengths in metres. */
sealed interface Shape {
  /** Half of its greatest extent from west to east. */
  double halfWidth();

  /** Half of its greatest extent from south to north. */
  double halfHeight();

  /** How far its farthest point is from the centre. */
  double reach();

  /** How far a point within is from the centre; empty if it is outside. */
  OptionalDouble distance(Position centre, Position point);

  /** A circle. */
  record Circle(double radius) implements Shape {
    @Override
    public double halfWidth() {
      return radius;
    }

    @Override
    public double halfHeight() {
      return radius;
    }

    @Override
    public double reach() {
      return radius;
    }

    @Override
    public OptionalDouble distance(Position centre, Position point) {
      double distance = centre.distanceTo(point);
      return distance <= radius ? OptionalDouble.of(distance) : OptionalDouble.empty();
    }
  }

  /** A rectangle whose sides follow meridians and parallels. */
  record Box(double width, double height) implements Shape {
    @Override
    public double halfWidth() {
      return width / 2;
    }

    @Override
    public double halfHeight() {
      return height / 2;
    }

    @Override
    public double reach() {
      return Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2));
    }

    @Override
    public OptionalDouble distance(Position centre, Position point) {
      double sideways = point.distanceTo(new Position(centre.longitude(), point.latitude()));
      boolean within = point.latitudeDistanceTo(centre) <= height / 2 && sideways <= width / 2;
      return within ? OptionalDouble.of(centre.distanceTo(point)) : OptionalDouble.empty();
    }
  }

  /**
   * Reads a radius and its unit.
   *
   * @throws ErrorReply if they are none
   */
  static Shape circle(CommandContext context, int index) {
    double radius = number(context, index, "radius");
    if (radius < 0) {
      throw new ErrorReply("ERR radius cannot be negative");
    }
    return new Circle(radius * DistanceUnit.of(context, index + 1).metres());
  }

  /**
   * Reads a width, a height and their unit.
   *
   * @throws ErrorReply if they are none
   */
  static Shape box(CommandContext context, int index) {
    double width = number(context, index, "width");
    double height = number(context, index + 1, "height");
    if (width < 0 || height < 0) {
      throw new ErrorReply("ERR height or width cannot be negative");
    }
    double metres = DistanceUnit.of(context, index + 2).metres();
    return new Box(width * metres, height * metres);
  }

  private static double number(CommandContext context, int index, String what) {
    double value = RealNumber.parse(context.argument(index));
    if (Double.isNaN(value)) {
      throw new ErrorReply("ERR need numeric " + what);
    }
    return value;
  }
}
