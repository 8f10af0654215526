package io.shardquake.harness.certify;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much a certificate rests on. All promises are tested at each level; what differs is how many
 * experiments there are, and how long they go on. Each is fixed: a name, a seed, its kinds of
 * fault.
 */
public enum Level {
  QUICK(Duration.ofSeconds(15), 2),
  STANDARD(Duration.ofSeconds(30), 5),
  FULL(Duration.ofSeconds(60), 10);

  /** The experiments of the greatest level; the others take the first of them. */
  private static final List<Trial> TRIALS =
      List.of(
          new Trial("kill", 101, "kill"),
          new Trial("partition-reshard", 102, "partition,reshard"),
          new Trial("pause", 103, "pause,restart"),
          new Trial("kill-partition", 104, "kill,partition"),
          new Trial("kill-reshard", 105, "kill,reshard"),
          new Trial("rolling", 106, "rolling-restart"),
          new Trial("links", 107, "delay,reset-connections"),
          new Trial("interrupted", 108, "interrupted-reshard,kill"),
          new Trial("partition", 109, "partition"),
          new Trial("all", 110, "kill,pause,partition,reshard"));

  private final Duration time;
  private final int trials;

  Level(Duration time, int trials) {
    this.time = time;
    this.trials = trials;
  }

  /**
   * An experiment of the chaos suite.
   *
   * @param faults its kinds of fault, joined by commas
   */
  record Trial(String name, long seed, String faults) {}

  /** How long the traffic of each experiment lasts. */
  Duration time() {
    return time;
  }

  List<Trial> trials() {
    return TRIALS.subList(0, trials);
  }

  /**
   * The level of this name.
   *
   * @throws IllegalArgumentException with one line for the user if there is none
   */
  public static Level named(String name) {
    return Arrays.stream(values())
        .filter(level -> level.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no level is called '" + name + "' (there are quick, standard and full)"));
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
