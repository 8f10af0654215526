package io.shardquake.workloads.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorEvent.Invoked;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import io.shardquake.workloads.generator.Simulation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinalReadsTest {
  private static final List<Value> KEYS =
      IntStream.range(0, 5).mapToObj(i -> Value.of("k" + i)).toList();

  @Test
  void readsEachKeyOnce() {
    assertThat(keysRead(Simulation.PERFECT)).containsExactlyElementsOf(KEYS);
  }

  @Test
  void readsAgainWhatDidNotSucceedOnceAllHaveCompleted() {
    Simulation.Cluster firstTwoFail =
        (ordinal, request) -> new Simulation.End(10, resultOf(ordinal), Value.nil());
    assertThat(keysRead(firstTwoFail))
        .startsWith(KEYS.toArray(Value[]::new))
        .endsWith(KEYS.get(0), KEYS.get(1))
        .hasSize(7);
  }

  @Test
  void givesUpAfterThreeRounds() {
    Simulation.Cluster down =
        (ordinal, request) -> new Simulation.End(10, Result.FAIL, Value.nil());
    assertThat(keysRead(down)).hasSize(15);
  }

  @Test
  void readsNothingIfThereIsNoKey() {
    assertThat(Simulation.run(3, 1, FinalReads.of("read", List.of()), Simulation.PERFECT))
        .isEmpty();
  }

  private static Result resultOf(long ordinal) {
    if (ordinal == 0) {
      return Result.FAIL;
    }
    return ordinal == 1 ? Result.INFO : Result.OK;
  }

  private static List<Value> keysRead(Simulation.Cluster cluster) {
    Generator reads = FinalReads.of("read", KEYS);
    List<Invoked> operations = Simulation.run(3, 1, reads, cluster);
    assertThat(operations).allMatch(operation -> operation.request().function().equals("read"));
    return operations.stream().map(operation -> operation.request().key()).toList();
  }
}
