package io.shardquake.harness.conformance;

import java.time.Duration;
import java.util.List;

/**
 * What became of one promise.
 *
 * @param detail why, in a line; empty if it was kept
 * @param evidence the exchange that shows it, a line each
 * @param took how long its test went on, with others of the same test
 */
public record PromiseResult(
    Promise promise, Outcome outcome, String detail, List<String> evidence, Duration took) {
  public PromiseResult {
    evidence = List.copyOf(evidence);
  }
}
