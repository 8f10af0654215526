package io.shardquake.harness.cluster;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Puts what a request failed with into a few words. */
public final class Failures {
  /** Where a connection was to go, as the network library appends it; whoever asks knows. */
  private static final Pattern PEER = Pattern.compile(": [^ /]*/[0-9a-fA-F.:\\[\\]%]+$");

  private Failures() {}

  /**
   * The reason in one line: the server's error as it was sent, or what became of the connection.
   */
  public static String reason(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String line = message.lines().findFirst().orElse(cause.toString());
    return PEER.matcher(line).replaceFirst("");
  }

  /** Whether the server itself answered, with an error; otherwise nobody knows what it did. */
  public static boolean isErrorReply(Throwable failure) {
    return unwrapped(failure) instanceof RedisCommandExecutionException;
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && isWrapper(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof RedisConnectionException;
  }
}
