package io.shardquake.workloads.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.workloads.StandardWorkloads;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every workload's promises on runs written by hand: {@code <workload>.txt} beside the reader. */
class WorkloadStoriesTest {
  private static final ClusterTerms TERMS = new ClusterTerms(3, 1, Duration.ofSeconds(2), true);
  private static final List<String> TOLD =
      List.of(
          "set",
          "counter",
          "queue",
          "bank",
          "lock",
          "expiry",
          "wait",
          "stale-read",
          "multi-key",
          "big-keys",
          "append",
          "pubsub");

  static Stream<Arguments> stories() {
    return TOLD.stream()
        .flatMap(
            workload ->
                WorkloadStory.read(workload + ".txt").stream()
                    .map(story -> Arguments.of(workload, story)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("stories")
  void tells(String name, WorkloadStory story) {
    Workload workload = StandardWorkloads.parse(name);
    List<Verdict> verdicts = new ArrayList<>();
    for (Checker checker : workload.promises(WorkloadOptions.DEFAULT, TERMS)) {
      verdicts.add(checker.check(story.evidence(), Limits.DEFAULT));
    }
    Validity worst = verdicts.stream().map(Verdict::validity).reduce(Validity.VALID, Validity::and);
    List<Finding> findings = verdicts.stream().flatMap(v -> v.findings().stream()).toList();

    assertThat(worst).as("%s", verdicts).hasToString(story.expected().get(0));
    assertThat(findings.stream().map(Finding::kind))
        .as("%s", findings)
        .containsExactlyInAnyOrderElementsOf(story.expected().subList(1, story.expected().size()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set",
        "counter",
        "queue",
        "bank",
        "lock",
        "expiry",
        "wait",
        "stale-read",
        "multi-key",
        "pubsub"
      })
  void thereAreTenGoodOnesAndTenBadOnesOfEach(String workload) {
    List<WorkloadStory> stories = WorkloadStory.read(workload + ".txt");

    assertThat(stories.stream().filter(story -> story.expected().get(0).equals("VALID")))
        .hasSizeGreaterThanOrEqualTo(10);
    assertThat(stories.stream().filter(story -> story.expected().get(0).equals("INVALID")))
        .hasSizeGreaterThanOrEqualTo(10);
  }
}
