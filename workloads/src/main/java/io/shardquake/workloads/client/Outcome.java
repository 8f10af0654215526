package io.shardquake.workloads.client;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;

/** What became of a request, as its client saw it; the interpreter adds index and time. */
public sealed interface Outcome {
  /** Where it went. */
  Attribution attribution();

  /** It happened and gave {@code value}. */
  record Ok(Value value, Attribution attribution) implements Outcome {}

  /** It certainly did not happen; {@code error} is the name of an entry in the error table. */
  record Fail(String error, Attribution attribution) implements Outcome {}

  /** Nobody knows whether it happened or will; {@code error} as for {@link Fail}. */
  record Info(String error, Attribution attribution) implements Outcome {}
}
