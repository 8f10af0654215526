package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.injector.StandardFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanCheckTest {
  private static List<String> refusals(Fault fault, Map<String, String> missing) {
    return PlanCheck.of(
            new FaultPlan(List.of(fault)),
            StandardFaults.catalogue().kinds(),
            new Capabilities(missing),
            6)
        .refusals();
  }

  private static Fault fault(String kind, String on) {
    return Fault.of(kind, Selector.parse(on), Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void letsPassWhatCanBeDone() {
    Fault fault = fault("partition", "minority").with("ways", "in").with("planes", "bus,clients");

    assertThat(refusals(fault, Map.of())).isEmpty();
  }

  @Test
  void refusesValuesThatAParameterDoesNotTake() {
    assertThat(refusals(fault("partition", "node 1").with("ways", "up"), Map.of()))
        .singleElement()
        .asString()
        .contains("fault 0 (partition node 1", "'up' is none of both, in, out");
    assertThat(refusals(fault("delay", "node 1").with("delay", "long"), Map.of()))
        .singleElement()
        .asString()
        .contains("not a length of time: 'long'");
    assertThat(refusals(fault("bandwidth", "node 1").with("bytes-per-second", "0"), Map.of()))
        .singleElement()
        .asString()
        .contains("must lie between 1 and");
    assertThat(refusals(fault("corrupt-bus", "node 1").with("probability", "2"), Map.of()))
        .singleElement()
        .asString()
        .contains("must lie between 0 and 1, not 2");
  }

  @Test
  void refusesParametersAndNodesThatThereAreNot() {
    assertThat(refusals(fault("kill", "node 7").with("how", "gently"), Map.of()))
        .anyMatch(line -> line.contains("does not take 'how'"))
        .anyMatch(line -> line.contains("there is no node 7 among 6"));
  }

  @Test
  void refusesWhatTheTargetLacksAMechanismFor() {
    assertThat(refusals(fault("partition", "node 1"), Map.of("links", "one address only")))
        .singleElement()
        .asString()
        .endsWith("one address only");
  }
}
