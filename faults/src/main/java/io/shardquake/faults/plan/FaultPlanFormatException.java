package io.shardquake.faults.plan;

import java.io.Serial;

/** A text is not a fault plan. The message is one line: where, what is wrong, what is possible. */
public final class FaultPlanFormatException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  FaultPlanFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  FaultPlanFormatException(String message) {
    super(message);
  }
}
