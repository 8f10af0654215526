package io.shardquake.harness.sim;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.sim.run.SimulatedRun.Ending;
import java.util.List;

/** What the way in which a simulation ended says of the cluster. */
final class EndingVerdict {
  private static final String NAME = "simulation";

  private EndingVerdict() {}

  static Verdict of(Ending ending) {
    return switch (ending) {
      case COMPLETE -> Verdict.of(NAME, Validity.VALID, "the simulation came to its end");
      case STOPPED -> Verdict.of(NAME, Validity.VALID, "stopped, as enough was seen");
      case NOT_FORMED -> broken("not-formed", "the nodes did not form a cluster within 60 s");
      case STUCK -> broken("stuck", "nothing could happen any more, and the run was not over");
      case TOO_MANY_EVENTS ->
          Verdict.of(
              NAME, Validity.UNKNOWN, "more events happened than are allowed: given up halfway");
    };
  }

  private static Verdict broken(String kind, String what) {
    Finding finding =
        new Finding(kind, Finding.Severity.VIOLATION, what, "", List.of(), Value.Mapping.EMPTY);
    return new Verdict(
        NAME, Validity.INVALID, what, List.of(finding), Value.Mapping.EMPTY, List.of());
  }
}
