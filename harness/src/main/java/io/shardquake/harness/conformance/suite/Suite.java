package io.shardquake.harness.conformance.suite;

import java.util.List;

/** The classes that hold the tests, those that want the same cluster beside each other. */
public final class Suite {
  /** All of them. */
  public static final List<Class<?>> CLASSES =
      List.of(
          KeyDistribution.class,
          Redirection.class,
          OpenSlots.class,
          ReplicaReads.class,
          Resharding.class,
          LiveResharding.class,
          Bus.class,
          Membership.class,
          Failures.class,
          Elections.class,
          Votes.class,
          Epochs.class,
          Availability.class,
          WriteSafety.class,
          ManualFailover.class,
          Persistence.class,
          PubSub.class,
          Partitions.class,
          BestReplica.class);

  private Suite() {}
}
