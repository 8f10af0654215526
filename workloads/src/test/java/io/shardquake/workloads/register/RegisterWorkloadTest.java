package io.shardquake.workloads.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Simulation;
import org.junit.jupiter.api.Test;

class RegisterWorkloadTest {
  private static final WorkloadOptions OPTIONS =
      WorkloadOptions.DEFAULT.withActiveKeys(20).withOperationsPerKey(100);
  private static final RegisterWorkload WORKLOAD = new RegisterWorkload();

  @Test
  void holdsACorrectClusterForLinearizable() {
    assertThat(verdict(new RegisterCluster()).validity()).isEqualTo(Validity.VALID);
  }

  @Test
  void catchesAClusterThatLosesOneAcknowledgedWrite() {
    RegisterCluster loses =
        new RegisterCluster() {
          private boolean lost;

          @Override
          public Simulation.End answer(long ordinal, Request request) {
            if (ordinal > 1_000 && !lost && request.function().equals("write")) {
              lost = true;
              return new Simulation.End(10, GeneratorEvent.Result.OK, request.value());
            }
            return super.answer(ordinal, request);
          }
        };
    Verdict verdict = verdict(loses);
    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    assertThat(verdict.findings()).isNotEmpty();
  }

  private static Verdict verdict(RegisterCluster cluster) {
    History history = Simulation.history(8, 1, WORKLOAD.generator(OPTIONS), cluster, 4_000);
    Checker checker = WORKLOAD.checkers(OPTIONS).get(0);
    return checker.check(Evidence.of(history), Limits.DEFAULT);
  }
}
