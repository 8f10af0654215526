package io.shardquake.harness.cli;

import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.TargetException;
import java.io.IOException;
import java.util.Map;

/** How a command that could not do its work says so. */
enum Failure {
  /** The user can mend it by asking for something else; the message says what. */
  USAGE(ExitCode.USAGE),
  /** The surroundings are to blame; the message says how. */
  SURROUNDINGS(ExitCode.FAILURE),
  /** This program is. */
  DEFECT(ExitCode.FAILURE);

  private static final Map<Class<?>, Failure> KINDS =
      Map.of(
          UsageException.class, USAGE,
          MalformedRecordingException.class, USAGE,
          StoreException.class, SURROUNDINGS,
          TargetException.class, SURROUNDINGS,
          ClusterException.class, SURROUNDINGS,
          IOException.class, SURROUNDINGS);

  private final ExitCode exitCode;

  Failure(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  static Failure of(Exception problem) {
    return KINDS.getOrDefault(problem.getClass(), DEFECT);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  /** One line, or several where a server is quoted. */
  String describe(Exception problem) {
    return this == DEFECT
        ? "internal error, please report it: " + problem + " (--debug shows where)"
        : String.valueOf(problem.getMessage()).strip();
  }
}
