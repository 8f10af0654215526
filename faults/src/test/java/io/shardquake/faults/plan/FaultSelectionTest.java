package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.injector.StandardFaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultSelectionTest {
  private static final List<FaultKind> KNOWN = StandardFaults.catalogue().kinds();
  private static final Capabilities ALL = new Capabilities(Map.of());
  private static final Capabilities NO_PAUSE =
      new Capabilities(Map.of("pause", "no permission to signal processes"));

  private static List<String> names(List<FaultKind> kinds) {
    return kinds.stream().map(FaultKind::name).toList();
  }

  @Test
  void takesKindsByNameEachOnce() {
    FaultSelection selection = FaultSelection.parse("pause, kill,pause", KNOWN);

    assertThat(names(selection.on(ALL).kinds())).containsExactly("pause", "kill");
  }

  @Test
  void takesNoneAndAny() {
    assertThat(FaultSelection.parse("none", KNOWN).on(NO_PAUSE).kinds()).isEmpty();
    assertThat(FaultSelection.parse("any", KNOWN).on(ALL).kinds())
        .isEqualTo(KNOWN.stream().filter(kind -> kind.use() == FaultKind.Use.ANY).toList())
        .hasSizeLessThan(KNOWN.size());
  }

  @Test
  void refusesByNameWhatTheTargetCannotInject() {
    assertThatThrownBy(() -> FaultSelection.parse("kill,pause", KNOWN).on(NO_PAUSE))
        .hasMessage(
            "this target cannot inject pause (no permission to signal processes); leave it out, or"
                + " ask for --faults any");
  }

  @Test
  void leavesOutOfAnyWhatTheTargetCannotInject() {
    FaultSelection.Possible possible = FaultSelection.parse("any", KNOWN).on(NO_PAUSE);

    assertThat(names(possible.kinds())).doesNotContain("pause").contains("kill");
    assertThat(possible.skipped()).containsEntry("pause", "no permission to signal processes");
  }

  @Test
  void saysWhichKindsThereAre() {
    assertThatThrownBy(() -> FaultSelection.parse("kill,pasue", KNOWN))
        .hasMessageStartingWith("unknown kind of fault 'pasue' (there are kill, pause, restart");
  }

  @Test
  void checksAPlanBeforeAnythingIsStarted() {
    FaultPlan plan =
        FaultPlanJson.read(
            """
            {"faults": [
              {"kind": "kill", "on": "nodes 1,9", "at": "1s"},
              {"kind": "pause", "on": "node 1", "at": "1s", "with": {"depth": 3}},
              {"kind": "meteorite", "on": "node 1", "at": "1s"},
              {"kind": "restart", "on": "node 1", "at": "1s"}
            ]}
            """,
            "plan.json");

    assertThat(PlanCheck.of(plan, KNOWN, NO_PAUSE, 6).refusals())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("fault 0 (kill nodes 1,9 at 1s for 0s): there is no node 9 among 6"),
            line -> assertThat(line).endsWith("does not take 'depth', only []"),
            line -> assertThat(line).endsWith("no permission to signal processes"),
            line -> assertThat(line).contains("unknown kind of fault 'meteorite'"));
    assertThat(PlanCheck.of(FaultPlan.EMPTY, KNOWN, NO_PAUSE, 6).passes()).isTrue();
  }
}
