package io.shardquake.node.core.command;

import io.shardquake.node.core.resp.LongDouble;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The timeout argument of a blocking command. */
public final class BlockingTimeout {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private BlockingTimeout() {}

  /**
   * The time at which a command that begins now gives up.
   *
   * @param index of the argument, in seconds with a fraction; 0 is for ever
   * @return Unix milliseconds; {@link Long#MAX_VALUE} for never
   * @throws ErrorReply if it is no number, or negative; Redis takes too large ones for negative
   */
  public static long deadline(CommandContext context, int index) {
    byte[] argument = context.argument(index);
    if (LongDouble.isInfinite(argument)) {
      throw negative();
    }
    BigDecimal millis =
        LongDouble.parse(argument)
            .map(LongDouble::value)
            .orElseThrow(() -> new ErrorReply("ERR timeout is not a float or out of range"))
            .multiply(THOUSAND)
            .setScale(0, RoundingMode.CEILING);
    if (millis.signum() < 0 || millis.compareTo(MOST) > 0) {
      throw negative();
    }
    if (millis.signum() == 0) {
      return Long.MAX_VALUE;
    }
    long wait = millis.longValueExact();
    return wait > Long.MAX_VALUE - context.nowMillis()
        ? Long.MAX_VALUE
        : context.nowMillis() + wait;
  }

  private static ErrorReply negative() {
    return new ErrorReply("ERR timeout is negative");
  }
}
