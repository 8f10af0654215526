package io.shardquake.workloads.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each error reply that the error table does not know to the log, once, and stops after a
 * number of them. Thread-safe.
 */
final class UnknownErrors implements Consumer<String> {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownErrors.class);
  private static final int MAX_MESSAGES = 32;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  @Override
  public void accept(String message) {
    if (seen.size() < MAX_MESSAGES && seen.add(message)) {
      LOG.warn("Error reply that the error table does not know, taken for indefinite: {}", message);
    }
  }
}
