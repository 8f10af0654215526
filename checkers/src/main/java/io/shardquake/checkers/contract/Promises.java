package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import java.util.Collection;
import java.util.List;

/** The promises of Redis Cluster that do not depend on what clients did with their keys. */
public final class Promises {
  private Promises() {}

  /**
   * A checker for each of them, or for a few that go together.
   *
   * @param answeredWhileDown functions of operations that a node may answer although its cluster is
   *     down
   */
  public static List<Checker> of(ClusterTerms terms, Collection<String> answeredWhileDown) {
    return List.of(
        new MinorityChecker(terms, answeredWhileDown),
        new OneOwnerChecker(),
        new EpochChecker(),
        new ElectionChecker(terms),
        new ServiceChecker(answeredWhileDown),
        new RedirectionChecker(),
        new ConvergenceChecker(terms),
        new ReplicaDataChecker());
  }
}
