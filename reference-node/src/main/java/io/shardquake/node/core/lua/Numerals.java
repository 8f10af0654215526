package io.shardquake.node.core.lua;

import io.shardquake.node.core.resp.RealNumber;

/** Numbers as Lua 5.1 puts them into text. */
public final class Numerals {
  private static final int DIGITS = 14;

  private Numerals() {}

  /** What {@code tostring} gives: {@code %.14g}; what is no number has the sign that 0/0 has. */
  public static String text(double value) {
    return Double.isNaN(value) ? "-nan" : RealNumber.format(value, DIGITS);
  }
}
