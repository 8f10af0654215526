package io.shardquake.checkers.history;

import java.util.Optional;

/** An invocation and, if it came, its completion. */
public record Operation(Invocation invocation, Optional<Completion> completion) {
  public boolean isOk() {
    return completion.orElse(null) instanceof Completion.Ok;
  }

  public boolean isFail() {
    return completion.orElse(null) instanceof Completion.Fail;
  }

  /** Whether its outcome is unknown: completed so, or never completed. */
  public boolean isInfo() {
    return !isOk() && !isFail();
  }
}
