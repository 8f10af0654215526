package io.shardquake.reports.allure;

import io.shardquake.checkers.Validity;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A result as Allure shows it.
 *
 * @param history what it is a result of, whatever its seed: the same in each run, so that trends
 *     can be drawn
 * @param name for people
 * @param validity VALID is passed, INVALID failed, UNKNOWN broken
 * @param skipped whether it was not tried at all, whatever its validity
 * @param message why it did not pass; empty if it did
 * @param start Unix time in milliseconds
 * @param stop Unix time in milliseconds
 * @param labels by name, in their order
 * @param parameters that differ from run to run, by name
 * @param steps what happened, in order
 * @param attachments files by what they are called
 */
public record AllureResult(
    String history,
    String name,
    Validity validity,
    boolean skipped,
    String message,
    long start,
    long stop,
    Map<String, String> labels,
    Map<String, String> parameters,
    List<Step> steps,
    Map<String, Path> attachments) {
  public AllureResult {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    steps = List.copyOf(steps);
    attachments = Collections.unmodifiableMap(new LinkedHashMap<>(attachments));
  }

  /**
   * Something that happened.
   *
   * @param fine whether it went as it should
   */
  public record Step(String name, boolean fine, long start, long stop) {}

  /** The word that Allure has for how it ended. */
  String status() {
    if (skipped) {
      return "skipped";
    }
    return switch (validity) {
      case VALID -> "passed";
      case INVALID -> "failed";
      case UNKNOWN -> "broken";
    };
  }
}
