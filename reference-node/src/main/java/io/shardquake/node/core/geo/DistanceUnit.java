package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import java.util.Locale;

/** Units of length. */
enum DistanceUnit {
  M(1),
  KM(1000),
  FT(0.3048),
  MI(1609.34);

  private final double metres;

  DistanceUnit(double metres) {
    this.metres = metres;
  }

  double metres() {
    return metres;
  }

  /**
   * Reads a unit.
   *
   * @throws ErrorReply if it is none
   */
  static DistanceUnit of(CommandContext context, int index) {
    return switch (context.text(index).toLowerCase(Locale.ROOT)) {
      case "m" -> M;
      case "km" -> KM;
      case "ft" -> FT;
      case "mi" -> MI;
      default -> throw new ErrorReply("ERR unsupported unit provided. please use M, KM, FT, MI");
    };
  }
}
