package io.shardquake.reports;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a report must say about a run besides what was recorded in it: how it came about and how to
 * get it again.
 *
 * @param name of the experiment, one line
 * @param commandLine a shell command that runs the same experiment again; empty if there is none,
 *     as for a history that another tool recorded
 * @param seed everything random was drawn from; empty if it is not known
 * @param target what was under test ({@code redis}, {@code reference}); empty if not known
 * @param server which server it was, with version and digest; empty if not known
 * @param versions what else shaped the run, by name (harness, JVM, operating system), in the order
 *     in which a report shows them
 * @param start when the run began, the zero of all its times; empty if not known
 * @param duration of the whole run, from its start to the last recorded event
 * @param contract what the target was held to ({@code linearizable}, {@code redis-cluster})
 * @param plan the faults that were meant to happen, by time
 * @param runDirectory where the recording lies
 */
public record RunSummary(
    String name,
    String commandLine,
    Optional<Long> seed,
    String target,
    String server,
    Map<String, String> versions,
    Optional<Instant> start,
    Duration duration,
    String contract,
    List<PlannedFault> plan,
    Path runDirectory) {

  public RunSummary {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    plan = List.copyOf(plan);
  }

  /** A recording of which only the history is known, as from another tool. */
  public static RunSummary ofHistory(
      String name, Duration duration, String contract, Path runDirectory) {
    return new RunSummary(
        name,
        "",
        Optional.empty(),
        "",
        "",
        Map.of(),
        Optional.empty(),
        duration,
        contract,
        List.of(),
        runDirectory);
  }
}
