package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Optional;

/** Decides histories of a register: clusters by value, chains of clusters, and their zones. */
final class RegisterDecision {
  private RegisterDecision() {}

  static Decision of(ObjectHistory history, Specification.Register register) {
    return Accesses.of(history, register)
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
}
