package io.shardquake.harness.conformance.bench;

import java.io.Serial;
import org.opentest4j.TestAbortedException;

/** The ways in which a test ends early. */
public final class Outcomes {
  private Outcomes() {}

  /** The promise was not kept. */
  public static final class Broken extends AssertionError {
    @Serial private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /** The promise is not made here, or cannot be tested on this target. */
  public static final class NotApplicable extends TestAbortedException {
    @Serial private static final long serialVersionUID = 1L;

    NotApplicable(String message) {
      super(message);
    }
  }

  /** Nothing was found out. */
  public static final class Inconclusive extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Inconclusive(String message) {
      super(message);
    }

    Inconclusive(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
