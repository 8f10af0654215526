package io.shardquake.harness.cli;

import io.shardquake.checkers.Validity;

/** What the process ends with. */
public enum ExitCode {
  VALID(0),
  INVALID(1),
  UNKNOWN(2),
  /** What was asked for, or given to read, makes no sense. */
  USAGE(64),
  /** The harness itself could not do its work. */
  FAILURE(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the shell sees. */
  public int number() {
    return number;
  }

  static ExitCode of(Validity validity) {
    return switch (validity) {
      case VALID -> VALID;
      case INVALID -> INVALID;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
