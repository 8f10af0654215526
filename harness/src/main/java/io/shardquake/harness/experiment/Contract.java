package io.shardquake.harness.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a target is held to. */
public enum Contract {
  /** Every key behaves like one copy: no acknowledged write is ever lost, whatever fails. */
  LINEARIZABLE,
  /**
   * What the Redis Cluster specification promises. Replication is asynchronous, so that a failover
   * may lose acknowledged writes: that is told, but does not break this contract.
   */
  REDIS_CLUSTER;

  /** As the command line and {@code experiment.json} have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The contract of this name.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  public static Contract parse(String text) {
    return Arrays.stream(values())
        .filter(contract -> contract.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contract is called '" + text + "' (there are " + names() + ")"));
  }

  private static String names() {
    return Arrays.stream(values()).map(Contract::toString).collect(Collectors.joining(", "));
  }
}
