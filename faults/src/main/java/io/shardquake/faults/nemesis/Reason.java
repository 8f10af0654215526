package io.shardquake.faults.nemesis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why a stage failed, in one line. */
final class Reason {
  private Reason() {}

  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  static String of(Throwable failure) {
    Throwable cause = cause(failure);
    String name = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    return message == null ? name : message.lines().findFirst().orElse(name);
  }
}
