package io.shardquake.faults.network;

import java.util.concurrent.CompletionStage;

/** Something that goes wrong in a network until it is lifted. Thread-safe. */
public interface Imposition {
  /** Completes when every connection obeys. */
  CompletionStage<Void> inForce();

  /** Ends it; completes when no connection obeys it any more. Idempotent. */
  CompletionStage<Void> lift();
}
