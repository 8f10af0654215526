package io.shardquake.harness.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabOrderTest {
  private static final List<FaultKind> KINDS = StandardFaults.catalogue().kinds();

  private static LabOrder parse(String line) {
    return LabOrder.parse(line, KINDS);
  }

  @Test
  void aFaultOfAProcessLastsUntilItIsHealed() {
    assertThat(parse("kill n1"))
        .isEqualTo(
            new LabOrder.Break(
                "kill", Selector.Nodes.node(1), LabOrder.UNTIL_HEALED, new TreeMap<>()));
  }

  @Test
  void whatAnAdministratorDoesIsDone() {
    assertThat(parse("reshard master-of(slot 7) slots=5"))
        .isEqualTo(
            new LabOrder.Break(
                "reshard",
                Selector.parse("master-of(slot 7)"),
                Duration.ZERO,
                new TreeMap<>(Map.of("slots", "5"))));
  }

  @Test
  void timeAndParametersMayBeGivenInAnyOrder() {
    LabOrder expected =
        new LabOrder.Break(
            "partition",
            new Selector.Nodes(List.of(1, 3)),
            Duration.ofSeconds(5),
            new TreeMap<>(Map.of("ways", "in")));

    assertThat(parse("partition n1,n3 for 5s ways=in")).isEqualTo(expected);
    assertThat(parse("partition 1,3 ways=in for 5s")).isEqualTo(expected);
  }

  @Test
  void oneLetterIsEnoughForWhatIsOrderedOften() {
    assertThat(parse("k random-master for 2s")).isEqualTo(parse("kill random-master for 2s"));
    assertThat(parse("h")).isEqualTo(LabOrder.Simple.HEAL);
    assertThat(parse("q")).isEqualTo(LabOrder.Simple.QUIT);
  }

  @Test
  void whomNobodyNamesIsWhomThePlannerWouldAimAt() {
    assertThat(((LabOrder.Break) parse("kill")).on()).isInstanceOf(Selector.Group.class);
  }

  @Test
  void emptyLinesAndCommentsAreNothing() {
    assertThat(List.of(parse(""), parse("  "), parse("# kill n1")))
        .containsOnly(LabOrder.Simple.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explode n1 | no order is called 'explode'",
        "kill somebody | not a selector: 'somebody'",
        "kill n1 for soon | not a length of time: 'soon'",
        "wait | say how long: wait 5s"
      })
  void whatMakesNoSenseIsRefusedInOneLine(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(line))
        .withMessageStartingWith(message);
  }
}
