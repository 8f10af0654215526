package io.shardquake.workloads.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorEvent.Invoked;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Simulation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RegisterTrafficTest {
  private static final WorkloadOptions OPTIONS = new WorkloadOptions(130, 50, 0.5, 0);

  @Test
  void writesEachValueToAKeyOnce() {
    Set<String> written = new HashSet<>();
    for (Invoked operation : traffic(OPTIONS, 20_000)) {
      Request request = operation.request();
      if (!request.function().equals("read")) {
        Value fresh =
            request.value() instanceof Value.Sequence pair ? pair.items().get(1) : request.value();
        assertThat(written.add(request.key() + "=" + fresh))
            .as("%s is written to %s twice", fresh, request.key())
            .isTrue();
      }
    }
  }

  @Test
  void retiresAKeyAfterItsShareOfOperations() {
    Map<Value, Integer> operations = new HashMap<>();
    for (Invoked operation : traffic(OPTIONS, 20_000)) {
      operations.merge(operation.request().key(), 1, Integer::sum);
    }
    assertThat(operations.values()).allMatch(count -> count <= 50).contains(50);
    assertThat(operations.values().stream().filter(count -> count < 50))
        .as("keys that are still in use")
        .hasSizeLessThanOrEqualTo(130);
    assertThat(operations).hasSizeGreaterThan(350);
  }

  @Test
  void visitsEveryPartOfTheSlots() {
    Set<Integer> sixteenths = new TreeSet<>();
    for (Invoked operation : traffic(OPTIONS, 2_000)) {
      Value.Text key = (Value.Text) operation.request().key();
      sixteenths.add(KeySlot.of(key.value()) / 1024);
    }
    assertThat(sixteenths).hasSize(16);
  }

  @Test
  void keepsTheShareOfReads() {
    List<Invoked> operations = traffic(OPTIONS.withReadShare(0.8), 20_000);
    long reads = operations.stream().filter(o -> o.request().function().equals("read")).count();
    assertThat(reads).isBetween(15_700L, 16_300L);
  }

  @Test
  void mostCompareAndSetsExpectTheValueThatIsThere() {
    RegisterCluster cluster = new RegisterCluster();
    Generator traffic = new RegisterWorkload().generator(OPTIONS);
    Simulation.run(10, 5, traffic, cluster, 20_000);
    assertThat(cluster.compared()).isGreaterThan(3_500);
    assertThat(cluster.matched()).isGreaterThan(cluster.compared() * 9 / 10);
  }

  @Test
  void asksForTheSameWithTheSameSeed() {
    Generator traffic = new RegisterWorkload().generator(OPTIONS);
    assertThat(Simulation.run(7, 3, traffic, new RegisterCluster(), 2_000))
        .isEqualTo(Simulation.run(7, 3, traffic, new RegisterCluster(), 2_000))
        .isNotEqualTo(Simulation.run(7, 4, traffic, new RegisterCluster(), 2_000));
  }

  private static List<Invoked> traffic(WorkloadOptions options, long operations) {
    Generator traffic = new RegisterWorkload().generator(options);
    return Simulation.run(10, 1, traffic, new RegisterCluster(), operations);
  }
}
