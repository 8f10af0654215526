package io.shardquake.workloads.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.GeneratorEvent.Invoked;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Simulation;
import io.shardquake.workloads.register.RegisterWorkload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureTest {
  private static final WorkloadOptions OPTIONS =
      WorkloadOptions.DEFAULT.withActiveKeys(20).withOperationsPerKey(50);
  private static final Workload MIXTURE = StandardWorkloads.parse("register=3,cas-register");

  private static List<Invoked> traffic() {
    return Simulation.run(4, 1, MIXTURE.generator(OPTIONS), Simulation.PERFECT, 8_000);
  }

  private static boolean belongsTo(String name, Invoked operation) {
    return ((Value.Text) operation.request().key()).value().startsWith(name + ":");
  }

  @Test
  void drawsOperationsByWeight() {
    long ofRegister = traffic().stream().filter(op -> belongsTo("register", op)).count();
    assertThat(ofRegister / 8_000.0).isBetween(0.72, 0.78);
  }

  @Test
  void everyKeyBelongsToOneWorkloadByItsName() {
    assertThat(traffic())
        .allMatch(op -> belongsTo("register", op) || belongsTo("cas-register", op));
  }

  @Test
  void tellsEachWorkloadOfItsOwnOperationsOnly() {
    List<String> functions =
        traffic().stream()
            .filter(op -> belongsTo("cas-register", op))
            .map(op -> op.request().function())
            .distinct()
            .toList();

    assertThat(functions)
        .as("a compare-and-set needs that what was read came back to its own traffic")
        .contains("cas");
  }

  @Test
  void asksInTheEndForEveryWorkloadsKeys() {
    List<Value> keys = List.of(Value.of("register:1:a"), Value.of("cas-register:1:b"));

    List<Invoked> reads =
        Simulation.run(2, 1, MIXTURE.finalGenerator(OPTIONS, keys), Simulation.PERFECT);

    assertThat(reads).extracting(read -> read.request().key()).containsExactlyElementsOf(keys);
  }

  @Test
  void mapsARequestByTheWorkloadOfItsKey() {
    Request known = new Request("read", Value.of("cas-register:1:b"), Value.nil());
    Request unknown = new Request("read", Value.of("set:1:b"), Value.nil());

    assertThat(MIXTURE.commands(OPTIONS).conversation(known).opening().commands().get(0))
        .hasToString("GET cas-register:1:b");
    assertThatThrownBy(() -> MIXTURE.commands(OPTIONS).conversation(unknown))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void judgesEachWorkloadByItsOwnCheckersOnItsOwnOperations() {
    History history =
        Simulation.history(
            1,
            1,
            MIXTURE.generator(OPTIONS),
            (ordinal, request) -> {
              boolean lies =
                  request.function().equals("read")
                      && ((Value.Text) request.key()).value().startsWith("register:");
              Value result =
                  lies
                      ? Value.of(-1)
                      : request.function().equals("read") ? Value.nil() : request.value();
              return new Simulation.End(10, GeneratorEvent.Result.OK, result);
            },
            500);

    List<Verdict> verdicts =
        MIXTURE.checkers(OPTIONS).stream()
            .map((Checker checker) -> checker.check(Evidence.of(history), Limits.DEFAULT))
            .toList();

    assertThat(verdicts)
        .extracting(Verdict::checker)
        .containsExactly("register-linearizability", "cas-register-linearizability");
    assertThat(verdicts.get(0).validity()).isEqualTo(Validity.INVALID);
    assertThat(verdicts.get(0).reason()).contains("register:");
  }

  @Test
  void aWorkloadOfWhichNothingHappenedDoesNotKeepTheOthersFromBeingJudged() {
    History history =
        Simulation.history(
            1,
            1,
            MIXTURE.generator(OPTIONS),
            (ordinal, request) -> {
              boolean compares = ((Value.Text) request.key()).value().startsWith("cas-");
              return compares
                  ? new Simulation.End(10, GeneratorEvent.Result.FAIL, Value.nil())
                  : new Simulation.End(10, GeneratorEvent.Result.OK, Value.nil());
            },
            100);
    Checker ofCas = MIXTURE.checkers(OPTIONS).get(1);

    Verdict verdict = ofCas.check(Evidence.of(history), Limits.DEFAULT);

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.reason()).startsWith("nothing of this workload happened");
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(MIXTURE.name()).isEqualTo("register=3,cas-register");
    assertThat(StandardWorkloads.parse(MIXTURE.name()).name()).isEqualTo(MIXTURE.name());
    assertThat(StandardWorkloads.parse("register").name()).isEqualTo("register");
    assertThat(StandardWorkloads.parse("register=7")).isInstanceOf(RegisterWorkload.class);
    assertThat(StandardWorkloads.parse("mixed").name()).contains("register=").contains(",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sets | no workload is called 'sets'",
        "register=4,sets | no workload is called 'sets'",
        "register=0 | must be a whole number from 1 to 999999, not '0'",
        "register=x,cas-register | must be a whole number from 1 to 999999, not 'x'",
        "register=1234567 | must be a whole number",
        "register,register=2 | the workload 'register' is there twice",
        "register,,cas-register | no workload is called ''",
        "mixed,register | no workload is called 'mixed'",
      })
  void refusesWhatMakesNoSense(String text, String reason) {
    assertThatThrownBy(() -> StandardWorkloads.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
