package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Optional;

/** Decides histories of a register: clusters by value, chains of clusters, and their zones. */
final class RegisterDecision {
  private RegisterDecision() {}

  static Decision of(ObjectHistory history, Specification.Register register, LimitPoll poll) {
    return Accesses.of(history, register, poll)
        .map(RegisterDecision::of)
        .orElseGet(Decision.Undecided::new);
  }

  private static Decision of(Accesses accesses) {
    Clusters clusters = new Clusters(accesses);
    Chains chains = new Chains(clusters);
    Optional<Contradiction> contradiction =
        clusters
            .attachReaders()
            .or(chains::build)
            .or(() -> new Zones(clusters, chains).conflict())
            .map(found -> new ProofOfEffect(accesses).completed(found));
    return Decision.of(contradiction, clusters.exact());
  }

  /** A linearization; empty if the history has none, or none is known to exist. */
  static Optional<int[]> order(
      ObjectHistory history, Specification.Register register, LimitPoll poll) {
    return Accesses.of(history, register, poll)
        .flatMap(
            accesses -> {
              Clusters clusters = new Clusters(accesses);
              Chains chains = new Chains(clusters);
              boolean exists =
                  clusters.exact()
                      && clusters.attachReaders().isEmpty()
                      && chains.build().isEmpty()
                      && new Zones(clusters, chains).conflict().isEmpty();
              return exists
                  ? Optional.of(new RegisterOrder(accesses, clusters, chains).order())
                  : Optional.empty();
            });
  }
}
